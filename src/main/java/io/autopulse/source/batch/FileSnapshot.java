package io.autopulse.source.batch;

import io.autopulse.domain.problem.InputException;
import io.autopulse.source.file.FileFormat;
import io.autopulse.source.file.FileStamp;
import io.autopulse.source.file.FolderListing;
import io.autopulse.source.file.LandedFile;
import io.autopulse.source.file.LineEnd;
import io.autopulse.source.file.QuietFiles;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The files that a run reads, as they were before it read them: a file that is written to while it
 * is read may give half a record, so what was read of it must not be published.
 *
 * <p>A file whose last line has no end and that was written to in the last minute is waited for
 * until it has been the same for two seconds.
 */
public final class FileSnapshot {
  private static final Duration RECENT = Duration.ofMinutes(1);
  private static final Duration QUIET = Duration.ofSeconds(2);
  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final long PAUSE_MILLIS = 200;
  private static final int MOST_NAMED = 10;

  private final Map<String, FileFormat> patterns;
  private final Map<String, FileStamp> files = new HashMap<>();

  private FileSnapshot(Map<String, FileFormat> patterns) {
    this.patterns = Map.copyOf(patterns);
  }

  /** Waits between two looks at files that grow. */
  @FunctionalInterface
  interface Pause {
    void millis(long millis) throws InterruptedException;
  }

  /**
   * Looks at the files that patterns match.
   *
   * @param patterns each with the format of its files
   * @param clock tells which files were written to lately
   * @throws InputException if a file still grows after a minute, or is a link that leads nowhere
   */
  public static FileSnapshot take(Map<String, FileFormat> patterns, Clock clock) {
    return take(patterns, clock, Thread::sleep);
  }

  static FileSnapshot take(Map<String, FileFormat> patterns, Clock clock, Pause pause) {
    FileSnapshot snapshot = new FileSnapshot(patterns);
    snapshot.await(clock, pause);
    for (LandedFile file : snapshot.list()) {
      if (file.stamp().bytes() == FileStamp.NOTHING_THERE) {
        throw new InputException(
            file.path(),
            "it is a link that leads nowhere",
            "Restore what it leads to, or remove it");
      }
      snapshot.files.put(file.path(), file.stamp());
    }
    return snapshot;
  }

  private void await(Clock clock, Pause pause) {
    QuietFiles quietFiles = new QuietFiles(QUIET, file -> true);
    Set<String> quiet = new HashSet<>();
    long millis = 0;
    List<LandedFile> growing = growing(clock, quiet);
    while (!growing.isEmpty()) {
      if (millis > LONGEST.toMillis()) {
        throw new InputException(
            growing.get(0).path(),
            "it is still being written: its last line has no end, and it grows",
            "Run again when it is complete");
      }
      quietFiles.look(growing, millis).complete().forEach(file -> quiet.add(file.path()));
      millis += PAUSE_MILLIS;
      try {
        pause.millis(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while files were written", e);
      }
      growing = growing(clock, quiet);
    }
  }

  private List<LandedFile> growing(Clock clock, Set<String> quiet) {
    List<LandedFile> growing = new ArrayList<>();
    for (Map.Entry<String, FileFormat> pattern : patterns.entrySet()) {
      for (LandedFile file : list(pattern.getKey())) {
        long age = Math.abs(clock.millis() - file.stamp().modifiedAt());
        if (age < RECENT.toMillis()
            && !quiet.contains(file.path())
            && !LineEnd.isWhole(file, pattern.getValue())) {
          growing.add(file);
        }
      }
    }
    return growing;
  }

  /**
   * Looks at the files again.
   *
   * @throws InputException with the files that have changed or vanished since
   */
  public void requireUnchanged() {
    Optional<InputException> changes = changes();
    if (changes.isPresent()) {
      throw changes.get();
    }
  }

  /**
   * Returns the files, each with its size and its last modification; empty if other files match the
   * patterns by now, which may have been read or not.
   */
  public Optional<List<String>> contents() {
    return now().equals(files)
        ? Optional.of(
            files.entrySet().stream()
                .map(file -> contents(file.getKey(), file.getValue()))
                .sorted()
                .toList())
        : Optional.empty();
  }

  private static String contents(String path, FileStamp stamp) {
    return "%s %d %d".formatted(path, stamp.bytes(), stamp.modifiedAt());
  }

  /** Returns why reading failed: files that have changed or vanished since, or else the problem. */
  public RuntimeException reasonOf(RuntimeException problem) {
    Optional<InputException> changes = changes();
    changes.ifPresent(e -> e.addSuppressed(problem));
    return changes.isPresent() ? changes.get() : problem;
  }

  private Optional<InputException> changes() {
    Map<String, FileStamp> now = now();
    List<InputException> changes =
        files.entrySet().stream()
            .filter(file -> !file.getValue().equals(now.get(file.getKey())))
            .sorted(Map.Entry.comparingByKey())
            .limit(MOST_NAMED)
            .map(file -> change(file.getKey(), file.getValue(), now.get(file.getKey())))
            .toList();
    return changes.isEmpty() ? Optional.empty() : Optional.of(InputException.all(changes));
  }

  private static InputException change(String path, FileStamp before, @Nullable FileStamp now) {
    String what =
        now == null
            ? "it vanished while the run read it"
            : String.format(
                Locale.ROOT,
                "it changed while the run read it: it had %,d bytes and has %,d",
                before.bytes(),
                now.bytes());
    return new InputException(
        path, what + ". Nothing is published", "Run again when the export is complete");
  }

  private Map<String, FileStamp> now() {
    Map<String, FileStamp> now = new HashMap<>();
    list().forEach(file -> now.put(file.path(), file.stamp()));
    return now;
  }

  private List<LandedFile> list() {
    List<LandedFile> all = new ArrayList<>();
    patterns.keySet().forEach(pattern -> all.addAll(list(pattern)));
    return all;
  }

  private static List<LandedFile> list(String pattern) {
    try {
      return FolderListing.of(pattern);
    } catch (IOException e) {
      throw new InputException(pattern, "cannot be looked at: " + e, "Check the path");
    }
  }
}
