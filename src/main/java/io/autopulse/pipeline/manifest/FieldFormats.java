package io.autopulse.pipeline.manifest;

import io.autopulse.domain.feed.value.TimeParser;
import java.io.Serializable;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a feed writes its times and numbers.
 *
 * @param times by TIME field, the patterns of {@link TimeParser}
 * @param timezone of values without an offset
 * @param decimal between the whole and the fraction of a number: a point or a comma
 * @param grouping between the thousands of a number; absent for none
 */
public record FieldFormats(
    Map<String, String> times, ZoneId timezone, char decimal, @Nullable Character grouping)
    implements Serializable {
  /** ISO 8601, with or without time of day and offset. */
  public static final String ISO = "iso";

  /** Milliseconds since 1970-01-01T00:00:00Z. */
  public static final String EPOCH_MILLIS = "epoch_millis";

  /** Keeps its own copy and checks that decimal and grouping can be told apart. */
  public FieldFormats {
    times = Map.copyOf(times);
    if (grouping != null && grouping == decimal) {
      throw new IllegalArgumentException("decimal and grouping must differ");
    }
  }

  /** Returns ISO times in the zone, and numbers with a decimal point and no grouping. */
  public static FieldFormats standard(ZoneId timezone) {
    return new FieldFormats(Map.of(), timezone, '.', null);
  }

  /** Tells whether times and numbers are written as without any formats. */
  boolean isStandard() {
    return equals(standard(timezone));
  }

  /**
   * Returns the pattern of the named TIME field, {@value #ISO} unless the manifest says otherwise.
   */
  public String timeFormat(String field) {
    return times.getOrDefault(field, ISO);
  }
}
