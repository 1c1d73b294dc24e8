package io.autopulse.domain.kpi.cell;

import io.autopulse.domain.kpi.FactBlockWriter;
import io.autopulse.domain.kpi.Grain;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * The cells of one dimension in one window: what a stream keeps together.
 *
 * @param grain the window's length
 * @param start the window's first hour, in hours since 1970-01-01T00 in the manifest's time zone
 * @param dimension the dimension's name: state outlives an order of dimensions
 */
public record CellWindow(Grain grain, int start, String dimension) {
  private static final int DAY_HOURS = 24;

  /** Returns the first hour of a grain's window that holds an hour. */
  static int start(Grain grain, int hour) {
    int day = Math.floorDiv(hour, DAY_HOURS);
    return switch (grain) {
      case HOUR -> hour;
      case DAY -> day * DAY_HOURS;
      case WEEK -> FactBlockWriter.monday(day) * DAY_HOURS;
      case MONTH -> FactBlockWriter.firstDay(FactBlockWriter.monthOf(day)) * DAY_HOURS;
    };
  }

  /** Returns the hour after the window's last. */
  int end() {
    int day = Math.floorDiv(start, DAY_HOURS);
    return switch (grain) {
      case HOUR -> start + 1;
      case DAY -> start + DAY_HOURS;
      case WEEK -> start + 7 * DAY_HOURS;
      case MONTH -> FactBlockWriter.firstDay(FactBlockWriter.monthOf(day) + 1) * DAY_HOURS;
    };
  }

  /**
   * Returns the moment at which the window is over: of an hour that the clocks go through twice,
   * after the second time.
   */
  public Instant endMoment(ZoneId zone) {
    LocalDateTime end = LocalDateTime.ofEpochSecond(end() * 3600L, 0, ZoneOffset.UTC);
    return end.atZone(zone).withLaterOffsetAtOverlap().toInstant();
  }

  /** Returns the window as a key of keyed state: {@code DAY|474816|make}. */
  public String key() {
    return grain.name() + '|' + start + '|' + dimension;
  }

  /** Returns the window of a key. */
  public static CellWindow parse(String key) {
    int first = key.indexOf('|');
    int second = key.indexOf('|', first + 1);
    return new CellWindow(
        Grain.valueOf(key.substring(0, first)),
        Integer.parseInt(key.substring(first + 1, second)),
        key.substring(second + 1));
  }
}
