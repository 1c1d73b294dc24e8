package io.autopulse.source.file;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells which files of a folder are complete: those whose size and last modification have been the
 * same for a while. It goes by what it has seen itself, look after look, and not by the files' own
 * times, for the clock of a file server is another one. A file whose last line has no end waits
 * longer, since it may be half a line. Knows no file system and no clock. Used by one thread.
 */
public final class QuietFiles {
  /** How many times as long a file waits whose last line has no end, or that could not be read. */
  private static final int PATIENCE = 15;

  /** How long a file that could not be read waits at least. */
  static final Duration PAUSE = Duration.ofSeconds(5);

  /** How long a file may grow before a person is told that it is not read yet, and told again. */
  static final Duration RESTLESS = Duration.ofMinutes(5);

  private final long quietMillis;
  private final LineEnds lineEnds;
  private final Map<String, Seen> seen = new HashMap<>();
  private long lookedAt = Long.MIN_VALUE;

  /**
   * Makes a judge of files.
   *
   * @param quiet how long a file must have been the same; zero takes it at the first look, whatever
   *     its end
   * @param lineEnds is asked of each file that has been quiet, once
   */
  public QuietFiles(Duration quiet, LineEnds lineEnds) {
    quietMillis = quiet.toMillis();
    this.lineEnds = lineEnds;
  }

  /** Looks at the end of a file. */
  @FunctionalInterface
  public interface LineEnds {
    /** Tells whether the file's last line is whole, as far as that can be told. */
    boolean isWhole(LandedFile file);
  }

  /**
   * What a look has found.
   *
   * @param complete files to be read, as many as are ready; they are not watched any longer
   * @param vanished files that went before they were complete, and not by being renamed
   * @param restless files that have been growing for so long that a person should know
   */
  public record Look(
      List<LandedFile> complete, List<LandedFile> vanished, List<LandedFile> restless) {}

  private static final class Seen {
    private LandedFile file;
    private long since;
    private long firstSeen;
    private long notBefore;
    private long toldAt;
    private boolean askedForEnd;
    private boolean whole;

    private Seen(LandedFile file, long now) {
      this.file = file;
      since = now;
      firstSeen = now;
      notBefore = now;
      toldAt = now;
    }

    private void shift(long millis) {
      since += millis;
      firstSeen += millis;
      notBefore += millis;
      toldAt += millis;
    }
  }

  /**
   * Takes a look.
   *
   * @param unread the files that are there and have not been read as they are now
   * @param now milliseconds since 1970; if the clock was put back, the files' times go with it
   */
  public Look look(List<LandedFile> unread, long now) {
    if (now < lookedAt) {
      long back = now - lookedAt;
      seen.values().forEach(known -> known.shift(back));
    }
    lookedAt = now;
    List<LandedFile> complete = new ArrayList<>();
    List<LandedFile> restless = new ArrayList<>();
    Set<String> paths = new HashSet<>();
    Map<String, LandedFile> byKey = new HashMap<>();
    for (LandedFile file : unread) {
      paths.add(file.path());
      byKey.put(file.key(), file);
      Seen known = seen.get(file.path());
      if (known == null) {
        known = new Seen(file, now);
        seen.put(file.path(), known);
      } else if (!known.file.stamp().equals(file.stamp())) {
        known.file = file;
        known.since = now;
        known.notBefore = now;
        known.askedForEnd = false;
      }
      if (isComplete(known, now)) {
        complete.add(file);
      } else if (!isEmpty(known)
          && now - known.firstSeen >= RESTLESS.toMillis()
          && now - known.toldAt >= RESTLESS.toMillis()) {
        known.toldAt = now;
        restless.add(file);
      }
    }
    complete.forEach(file -> seen.remove(file.path()));
    return new Look(complete, vanished(paths, byKey), restless);
  }

  private boolean isComplete(Seen known, long now) {
    long quietFor = now - known.since;
    // A file without a byte is one whose writing has only begun.
    if (isEmpty(known) || quietFor < quietMillis || now < known.notBefore) {
      return false;
    }
    if (!known.askedForEnd) {
      known.askedForEnd = true;
      known.whole = lineEnds.isWhole(known.file);
    }
    return known.whole || quietFor >= PATIENCE * quietMillis;
  }

  private List<LandedFile> vanished(Set<String> paths, Map<String, LandedFile> byKey) {
    List<LandedFile> vanished = new ArrayList<>();
    seen.entrySet()
        .removeIf(
            entry -> {
              LandedFile file = entry.getValue().file;
              if (paths.contains(file.path())) {
                return false;
              }
              boolean renamed = isRenamed(file, byKey.get(file.key()));
              if (!renamed && !isEmpty(entry.getValue())) {
                vanished.add(file);
              }
              return true;
            });
    return vanished;
  }

  // The key of a deleted file may be that of the next file which is made. A renamed file is the
  // same as before, or has a name that goes with it, such as sales.csv for sales.csv.upload.
  private static boolean isRenamed(LandedFile file, @Nullable LandedFile other) {
    if (other == null || file.key().isEmpty()) {
      return false;
    }
    return other.stamp().equals(file.stamp())
        || file.name().contains(other.name())
        || other.name().contains(file.name());
  }

  /** Takes back a file that could not be read: unless it changes, it waits before it is ready. */
  public void putBack(LandedFile file, long now) {
    Seen again = new Seen(file, now);
    again.notBefore = now + Math.max(PATIENCE * quietMillis, PAUSE.toMillis());
    seen.put(file.path(), again);
  }

  /** Returns the earliest last modification of the files that wait; nothing if none does. */
  public OptionalLong oldest() {
    return seen.values().stream()
        .filter(known -> !isEmpty(known))
        .mapToLong(known -> known.file.stamp().modifiedAt())
        .min();
  }

  private static boolean isEmpty(Seen known) {
    return known.file.stamp().bytes() == 0;
  }
}
