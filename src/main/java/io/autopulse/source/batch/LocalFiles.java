package io.autopulse.source.batch;

import static java.nio.file.FileVisitResult.CONTINUE;
import static java.nio.file.FileVisitResult.SKIP_SUBTREE;

import io.autopulse.domain.problem.InputException;
import io.autopulse.source.file.DataFileName;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.PatternSyntaxException;

/**
 * What a pattern means in this machine's folders and Beam does not match, because it leaves out
 * without a word what it cannot look at: links to nothing and folders that may not be read.
 */
public final class LocalFiles {
  private static final String WILDCARDS = "*?[{\\";

  private LocalFiles() {}

  /** Returns a problem for everything that the pattern means and that cannot be looked at. */
  public static List<InputException> unreadable(String pattern) {
    List<InputException> problems = new ArrayList<>();
    if (pattern.contains("://")) {
      return problems;
    }
    int wildcard = 0;
    while (wildcard < pattern.length() && WILDCARDS.indexOf(pattern.charAt(wildcard)) < 0) {
      wildcard++;
    }
    int folder = pattern.lastIndexOf('/', wildcard) + 1;
    String rest = pattern.substring(folder);
    int depth =
        rest.contains("**")
            ? Integer.MAX_VALUE
            : 1 + (int) rest.chars().filter(c -> c == '/').count();
    try {
      PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
      Set<FileVisitOption> links = EnumSet.of(FileVisitOption.FOLLOW_LINKS);
      Path start = Path.of(pattern.substring(0, folder));
      if (Files.isDirectory(start)) {
        Files.walkFileTree(start, links, depth, new Visitor(pattern, matcher, problems));
      }
    } catch (IOException | InvalidPathException | PatternSyntaxException e) {
      // The pattern itself is reported where it is matched.
      return problems;
    }
    return problems;
  }

  private static final class Visitor extends SimpleFileVisitor<Path> {
    private final String pattern;
    private final PathMatcher matcher;
    private final List<InputException> problems;

    Visitor(String pattern, PathMatcher matcher, List<InputException> problems) {
      this.pattern = pattern;
      this.matcher = matcher;
      this.problems = problems;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      // With links followed, only a link to nothing is still a link.
      if (attributes.isSymbolicLink() && isMeant(file)) {
        problems.add(
            new InputException(
                file.toString(), "is a link to a file that is not there", "Remove the link"));
      }
      return CONTINUE;
    }

    private boolean isMeant(Path file) {
      return (file.toString().equals(pattern) || matcher.matches(file))
          && DataFileName.holdsRecords(pattern, String.valueOf(file.getFileName()));
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
        problems.add(
            new InputException(
                file.toString(),
                "is a folder that may not be read",
                "Let the user of the job read it",
                e));
      }
      return SKIP_SUBTREE;
    }
  }
}
