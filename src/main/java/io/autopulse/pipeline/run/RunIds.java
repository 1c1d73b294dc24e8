package io.autopulse.pipeline.run;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Ids of runs: they sort by time, name staging relations as they are, and do not meet. */
public final class RunIds {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'_'HHmmss").withZone(ZoneOffset.UTC);
  private static final SecureRandom RANDOM = new SecureRandom();

  private RunIds() {}

  /** Returns a new id, such as {@code r20240131_235959_9f03ab}. */
  public static String next(Instant startedAt) {
    return "r%s_%06x".formatted(TIME.format(startedAt), RANDOM.nextInt(1 << 24));
  }
}
