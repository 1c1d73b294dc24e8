package io.autopulse.generate;

import io.autopulse.generate.format.LandingFormat;
import io.autopulse.generate.world.GenerateSpec;
import io.autopulse.generate.world.SaleCalendar;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Where a landing zone's files lie, and when each was extracted. */
public final class LandingLayout {
  private static final DateTimeFormatter AIRBYTE_DATE =
      DateTimeFormatter.ofPattern("yyyy_MM_dd", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final String ERP = "erp";
  private static final String MARKET = "market";
  private static final long DAY_SECONDS = 86_400;
  private static final long CORRECTIONS_SECONDS = 120 * DAY_SECONDS;

  private final GenerateSpec spec;
  private final SaleCalendar calendar;

  /** Makes the layout of a landing zone. */
  public LandingLayout(GenerateSpec spec, SaleCalendar calendar) {
    this.spec = spec;
    this.calendar = calendar;
  }

  /**
   * Returns when each sales file was extracted: when the stretch of time that it covers was over,
   * and the last one so long after the last sale that most corrections are in.
   */
  long[] extractedAtMillis() {
    long[] times = new long[spec.files()];
    long before = 0;
    for (int file = 0; file < times.length; file++) {
      long end = calendar.secondAt((file + 1.0) / times.length) + DAY_SECONDS;
      if (file == times.length - 1) {
        end += CORRECTIONS_SECONDS;
      }
      // Two files may end on one day; their names must differ all the same.
      before = Math.max(before + 1, end * 1000);
      times[file] = before;
    }
    return times;
  }

  /** Returns the path of a sales file below the landing zone's directory. */
  public String sales(int file) {
    return spec.format() == LandingFormat.CSV
        ? String.format(Locale.ROOT, "sales/sales-%03d%s", file, ending())
        : airbyte("sales", extractedAtMillis()[file], 0);
  }

  /** Returns the path of the sales file of Airbyte that was written at the instant. */
  public String sales(long extractedAtMillis, int number) {
    return airbyte("sales", extractedAtMillis, number);
  }

  /** Returns the path of the only file of a reference feed. */
  public String reference(String feed) {
    return spec.format() == LandingFormat.CSV
        ? feed + "/" + feed + ending()
        : airbyte(feed, calendar.secondAt(0) * 1000, 0);
  }

  /** Returns the path of the file of an extraction of a market feed. */
  String market(String feed, int number) {
    return spec.format() == LandingFormat.CSV
        ? String.format(Locale.ROOT, "%s/%s-%03d%s", feed, feed, number, ending())
        : airbyte(MARKET, feed, calendar.secondAt(1) * 1000, number);
  }

  /** Returns the absolute pattern of a feed's files. */
  String pattern(String feed) {
    return pattern(ERP, feed);
  }

  /** Returns the absolute pattern of a market feed's files. */
  String marketPattern(String feed) {
    return pattern(MARKET, feed);
  }

  private String pattern(String namespace, String feed) {
    Path folder =
        spec.format() == LandingFormat.CSV
            ? spec.directory().resolve(feed)
            : spec.directory().resolve(namespace).resolve(feed);
    return folder + "/*" + ending();
  }

  private String airbyte(String stream, long extractedAt, int number) {
    return airbyte(ERP, stream, extractedAt, number);
  }

  private String airbyte(String namespace, String stream, long extractedAt, int number) {
    return String.format(
        Locale.ROOT,
        "%s/%s/%s_%d_%d%s",
        namespace,
        stream,
        AIRBYTE_DATE.format(Instant.ofEpochMilli(extractedAt)),
        extractedAt,
        number,
        ending());
  }

  private String ending() {
    return (spec.format() == LandingFormat.CSV ? ".csv" : ".jsonl") + (spec.gzip() ? ".gz" : "");
  }
}
