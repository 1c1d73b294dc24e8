package io.autopulse.source.file;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;

/**
 * Lists what a pattern matches: as Beam does, but without files whose names say that they are not
 * complete; and a folder of this machine that is not there or cannot be read is an error instead of
 * an empty list, and a link that leads nowhere is listed.
 */
public final class FolderListing {
  private static final Pattern SCHEME = Pattern.compile("[a-zA-Z][-a-zA-Z0-9+.]*:.*");
  private static final String FILE = "file:";

  private FolderListing() {}

  /** Tells whether a path is one of this machine's own file system. */
  public static boolean isLocal(String path) {
    return path.startsWith(FILE) || !SCHEME.matcher(path).matches();
  }

  /**
   * Tells whether a file of the store appears under its name only when it is whole: true of objects
   * in S3.
   */
  public static boolean appearsWhole(String path) {
    return path.startsWith("s3:");
  }

  /**
   * Returns the files that a pattern matches.
   *
   * @throws IOException if the folder is not there or cannot be read, or the store does not answer
   */
  public static List<LandedFile> of(String pattern) throws IOException {
    if (isLocal(pattern)) {
      return local(pattern.startsWith(FILE) ? pattern.substring(FILE.length()) : pattern);
    }
    List<LandedFile> files = new ArrayList<>();
    for (MatchResult.Metadata file :
        FileSystems.match(pattern, EmptyMatchTreatment.ALLOW).metadata()) {
      if (!file.resourceId().isDirectory()
          && DataFileName.holdsRecords(pattern, String.valueOf(file.resourceId().getFilename()))) {
        files.add(
            new LandedFile(
                file.resourceId().toString(),
                new FileStamp(file.sizeBytes(), file.lastModifiedMillis()),
                ""));
      }
    }
    return files;
  }

  /**
   * Returns the stamp of a file of this machine.
   *
   * @throws NoSuchFileException if it is not there any more
   */
  public static FileStamp stamp(String path) throws IOException {
    return stamp(Files.readAttributes(Path.of(path), BasicFileAttributes.class));
  }

  private static FileStamp stamp(BasicFileAttributes attributes) {
    return new FileStamp(
        attributes.isSymbolicLink() ? FileStamp.NOTHING_THERE : attributes.size(),
        attributes.lastModifiedTime().toMillis());
  }

  private static List<LandedFile> local(String pattern) throws IOException {
    File whole = new File(pattern).getAbsoluteFile();
    List<LandedFile> files = new ArrayList<>();
    if (Files.isRegularFile(whole.toPath())) {
      // A name with brackets is the file of that name before it is a pattern.
      add(whole.toPath(), Files.readAttributes(whole.toPath(), BasicFileAttributes.class), files);
      return files;
    }
    String glob = whole.getPath();
    Path folder = folder(glob);
    String names = glob.substring(folder.toString().length());
    boolean deep = names.contains("**") || names.contains("{");
    int depth =
        deep
            ? Integer.MAX_VALUE
            : (int) glob.chars().filter(c -> c == File.separatorChar).count()
                - folder.getNameCount();
    PathMatcher matcher = folder.getFileSystem().getPathMatcher("glob:" + glob);
    Files.walkFileTree(
        folder,
        EnumSet.of(FileVisitOption.FOLLOW_LINKS),
        depth,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if ((attributes.isRegularFile() || attributes.isSymbolicLink())
                && DataFileName.holdsRecords(pattern, String.valueOf(file.getFileName()))
                && matcher.matches(file)) {
              add(file, attributes, files);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            // What vanishes while the folder is looked at is not there; so is a folder below it
            // that
            // others may not read.
            if (file.equals(folder)) {
              throw e;
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return files;
  }

  private static Path folder(String glob) {
    int wildcard = 0;
    while (wildcard < glob.length() && "*?[{\\".indexOf(glob.charAt(wildcard)) < 0) {
      wildcard++;
    }
    int end = glob.lastIndexOf(File.separatorChar, wildcard - 1);
    return Path.of(end <= 0 ? File.separator : glob.substring(0, end));
  }

  private static void add(Path file, BasicFileAttributes attributes, List<LandedFile> files) {
    files.add(
        new LandedFile(
            file.toAbsolutePath().normalize().toString(),
            stamp(attributes),
            Objects.toString(attributes.fileKey(), "")));
  }
}
