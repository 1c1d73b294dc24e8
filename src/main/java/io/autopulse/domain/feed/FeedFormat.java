package io.autopulse.domain.feed;

import io.autopulse.domain.feed.value.NumberParser;
import io.autopulse.domain.feed.value.TimeParser;
import io.autopulse.domain.sale.Ties;
import java.io.Serializable;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/**
 * How one feed writes its records, from the manifest.
 *
 * @param feed whose records
 * @param columns the source's header of a field, where it is not the field's own name; several as
 *     {@link IdColumns} joins them
 * @param timePatterns the pattern of a TIME field (see {@link TimeParser}); {@link TimeParser#ISO}
 *     where absent
 * @param valueZone the zone of times without an offset
 * @param decimal the decimal character of amounts
 * @param grouping the grouping character of amounts, or {@link NumberParser#NO_GROUPING}
 * @param defaults the text of a field whose column is absent or whose value is blank
 * @param sensitive headers whose values are masked in rejected records
 * @param businessZone the zone of business dates
 * @param currency the reporting currency, ISO 4217
 * @param nulls the texts that stand for an absent value, see {@link NullTexts}
 * @param ties what decides between versions of one moment
 * @param skipRows the conditions under which a row is skipped: one is enough
 * @param fillDown headers whose blank values take the value above, as the source has filled them in
 */
public record FeedFormat(
    Feed feed,
    Map<String, String> columns,
    Map<String, String> timePatterns,
    ZoneId valueZone,
    char decimal,
    char grouping,
    Map<String, String> defaults,
    List<String> sensitive,
    ZoneId businessZone,
    String currency,
    List<String> nulls,
    Ties ties,
    List<RowCondition> skipRows,
    List<String> fillDown)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What stands in a rejected record for a value that must not be shown. */
  public static final String MASK = "***";

  /** Copies the collections. */
  public FeedFormat {
    columns = Map.copyOf(columns);
    timePatterns = Map.copyOf(timePatterns);
    defaults = Map.copyOf(defaults);
    sensitive = List.copyOf(sensitive);
    nulls = List.copyOf(nulls);
    skipRows = List.copyOf(skipRows);
    fillDown = List.copyOf(fillDown);
  }

  /** Makes a format in which content decides ties, and whose rows are all read, as they are. */
  public FeedFormat(
      Feed feed,
      Map<String, String> columns,
      Map<String, String> timePatterns,
      ZoneId valueZone,
      char decimal,
      char grouping,
      Map<String, String> defaults,
      List<String> sensitive,
      ZoneId businessZone,
      String currency,
      List<String> nulls) {
    this(
        feed,
        columns,
        timePatterns,
        valueZone,
        decimal,
        grouping,
        defaults,
        sensitive,
        businessZone,
        currency,
        nulls,
        Ties.CONTENT,
        List.of(),
        List.of());
  }

  /** Makes a format with the usual texts for absent values. */
  public FeedFormat(
      Feed feed,
      Map<String, String> columns,
      Map<String, String> timePatterns,
      ZoneId valueZone,
      char decimal,
      char grouping,
      Map<String, String> defaults,
      List<String> sensitive,
      ZoneId businessZone,
      String currency) {
    this(
        feed,
        columns,
        timePatterns,
        valueZone,
        decimal,
        grouping,
        defaults,
        sensitive,
        businessZone,
        currency,
        NullTexts.USUAL);
  }

  /**
   * Returns a format in which every field stands under its own name, with ISO times and decimal
   * points.
   */
  public static FeedFormat plain(Feed feed, ZoneId zone, String currency) {
    return new FeedFormat(
        feed,
        Map.of(),
        Map.of(),
        zone,
        '.',
        NumberParser.NO_GROUPING,
        Map.of(),
        List.of(),
        zone,
        currency);
  }

  /** Returns the header under which a field stands, or the several that make it. */
  public List<String> headersOf(Feed.Field field) {
    return IdColumns.headers(columns.getOrDefault(field.name(), field.name()));
  }

  /** Tells whether a header names every sensitive column: see {@link SensitiveNames#areAllIn}. */
  public boolean namesSensitive(List<String> header) {
    return new SensitiveNames(sensitive).areAllIn(header);
  }

  /** Returns a parser of the field's times. */
  public TimeParser timeParser(String field) {
    return new TimeParser(timePatterns.getOrDefault(field, TimeParser.ISO), valueZone);
  }
}
