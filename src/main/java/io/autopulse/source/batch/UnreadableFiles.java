package io.autopulse.source.batch;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.autopulse.domain.feed.FeedFormat;
import io.autopulse.domain.feed.RawBlock;
import io.autopulse.domain.problem.InputException;
import io.autopulse.domain.problem.RejectCode;
import io.autopulse.source.file.FileFormat;
import io.autopulse.source.file.FileStamp;
import io.autopulse.source.file.LandedFile;
import io.autopulse.source.file.Unreadable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The files of a followed folder that could not be read, each known by what it was when it failed:
 * a file that has changed is another one. Knows no clock. Used by one thread.
 */
public final class UnreadableFiles {
  /** How long until a reported file is tried again though it has not changed. */
  static final Duration RETRY = Duration.ofMinutes(10);

  private final Map<String, FileStamp> reported;
  private final Map<String, FileStamp> failedOnce = new HashMap<>();
  private final Map<String, Long> retryAt = new HashMap<>();

  /**
   * Goes on with what was reported before.
   *
   * @param reported by path, what each file was
   */
  public UnreadableFiles(Map<String, FileStamp> reported) {
    this.reported = new HashMap<>(reported);
  }

  /** What a failure calls for. */
  public enum Verdict {
    /** It is the first: another try may succeed, for the file may still be written. */
    TRY_AGAIN,
    /** It is to be reported, and the file put aside. */
    REPORT,
    /** It has been reported. */
    KNOWN
  }

  /** Tells whether a file may be tried: all may but those that were reported lately. */
  public boolean mayBeTried(LandedFile file, long now) {
    return !isReported(file)
        || now >= retryAt.computeIfAbsent(file.path(), path -> now + RETRY.toMillis());
  }

  /** Takes a failure. */
  public Verdict failed(LandedFile file, long now) {
    if (isReported(file)) {
      retryAt.put(file.path(), now + RETRY.toMillis());
      return Verdict.KNOWN;
    }
    if (!file.stamp().equals(failedOnce.put(file.path(), file.stamp()))) {
      return Verdict.TRY_AGAIN;
    }
    failedOnce.remove(file.path());
    return Verdict.REPORT;
  }

  private boolean isReported(LandedFile file) {
    return file.stamp().equals(reported.get(file.path()));
  }

  /** Takes that the file's report went on its way: from now on it is kept with the checkpoint. */
  public void reported(LandedFile file) {
    reported.put(file.path(), file.stamp());
  }

  /** Takes that a file was read to its end. */
  public void read(LandedFile file) {
    reported.remove(file.path());
    failedOnce.remove(file.path());
    retryAt.remove(file.path());
  }

  /** Forgets files that are not there any more. */
  public void retainAll(Set<String> there) {
    reported.keySet().retainAll(there);
    failedOnce.keySet().retainAll(there);
    retryAt.keySet().retainAll(there);
  }

  /** Returns what was reported: by path, what each file was. */
  public Map<String, FileStamp> reported() {
    return Map.copyOf(reported);
  }

  /** Returns why a file cannot be read, in a few words. */
  public static String reason(LandedFile file, Exception problem) {
    if (file.stamp().bytes() == FileStamp.NOTHING_THERE) {
      return "it is a link that leads nowhere";
    }
    String message = problem.getMessage();
    InputException known =
        problem instanceof IOException e
            ? Unreadable.problem(file.path(), e)
            : problem instanceof InputException e ? e : null;
    if (known == null) {
      return problem.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    }
    String text = String.valueOf(known.getMessage());
    String place = file.path() + ": ";
    return text.startsWith(place) ? "it " + text.substring(place.length()) : text;
  }

  /**
   * Returns the block that stands for a file that cannot be read.
   *
   * @param line the first line that was not read
   */
  public static RawBlock block(LandedFile file, String reason, long line, FileFormat format) {
    String message =
        "the file cannot be read"
            + (line > 1 ? " from line " + line + " on: " : ": ")
            + reason
            + "; it has "
            + Math.max(0, file.stamp().bytes())
            + " bytes of "
            + Instant.ofEpochMilli(file.stamp().modifiedAt());
    return new RawBlock(
        RawBlock.Format.NOTICE,
        file.path(),
        line,
        format.dialect(),
        List.of(RejectCode.UNREADABLE_FILE.name(), message),
        // As what begins so is no record, it is not replayed.
        (FeedFormat.MASK + " not kept: " + message).getBytes(UTF_8));
  }
}
