package io.autopulse.pipeline.manifest;

import io.autopulse.domain.feed.Feed;
import io.autopulse.domain.feed.IdColumns;
import io.autopulse.domain.feed.NullTexts;
import io.autopulse.domain.feed.RowCondition;
import io.autopulse.domain.sale.Ties;
import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One feed of a manifest.
 *
 * @param feed which
 * @param source where its records are read from
 * @param columns by field, the source's header, column or JSON key, trimmed; fields left out have
 *     the header of their own name
 * @param formats how times and numbers are written
 * @param defaults by field, the text that stands for an absent column or a blank value
 * @param sensitive headers or JSON keys whose values are masked wherever a raw record is kept
 * @param nulls texts that stand for an absent value
 * @param ties what decides between versions of a sale that have one {@code updated_at}
 * @param skipRows the conditions under which a row is skipped: one is enough
 * @param fillDown headers whose blank values take the value of the last row above in their file
 */
public record FeedSpec(
    Feed feed,
    SourceSpec source,
    Map<String, String> columns,
    FieldFormats formats,
    Map<String, String> defaults,
    List<String> sensitive,
    List<String> nulls,
    Ties ties,
    List<RowCondition> skipRows,
    List<String> fillDown)
    implements Serializable {
  private static final String SEQUENCE = "sequence";

  /** Keeps its own copies, and checks that a core table is taken as it is. */
  public FeedSpec {
    if (source instanceof WarehouseSource
        && !(columns.isEmpty()
            && formats.isStandard()
            && defaults.isEmpty()
            && sensitive.isEmpty()
            && nulls.isEmpty()
            && skipRows.isEmpty()
            && fillDown.isEmpty())) {
      throw new IllegalArgumentException(
          "a table of the warehouse is read as it is, without columns, formats, defaults, sensitive, nulls, skip_rows and fill_down");
    }
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    defaults = Collections.unmodifiableMap(new LinkedHashMap<>(defaults));
    sensitive = List.copyOf(sensitive);
    nulls = List.copyOf(nulls);
    skipRows = List.copyOf(skipRows);
    fillDown = List.copyOf(fillDown);
    if (ties == Ties.POSITION && source instanceof JdbcSource) {
      throw new IllegalArgumentException(
          "rows of a database have no position that ties could go by: map a column to sequence and"
              + " remove ties");
    }
    if (ties == Ties.POSITION
        && (columns.containsKey(SEQUENCE) || defaults.containsKey(SEQUENCE))) {
      throw new IllegalArgumentException(
          "ties: position decides instead of a sequence: remove ties, or sequence from "
              + (columns.containsKey(SEQUENCE) ? "columns" : "defaults"));
    }
  }

  /** Makes a spec in which content decides ties, and whose rows are all read, as they are. */
  public FeedSpec(
      Feed feed,
      SourceSpec source,
      Map<String, String> columns,
      FieldFormats formats,
      Map<String, String> defaults,
      List<String> sensitive,
      List<String> nulls) {
    this(
        feed,
        source,
        columns,
        formats,
        defaults,
        sensitive,
        nulls,
        Ties.CONTENT,
        List.of(),
        List.of());
  }

  /** Makes a spec with the usual texts for absent values. */
  public FeedSpec(
      Feed feed,
      SourceSpec source,
      Map<String, String> columns,
      FieldFormats formats,
      Map<String, String> defaults,
      List<String> sensitive) {
    this(feed, source, columns, formats, defaults, sensitive, usualNulls(source));
  }

  /** Returns the texts for absent values of a source if the manifest says nothing. */
  static List<String> usualNulls(SourceSpec source) {
    return source instanceof WarehouseSource ? List.of() : NullTexts.USUAL;
  }

  /** Returns the same feed with other columns and formats. */
  FeedSpec with(Map<String, String> otherColumns, FieldFormats otherFormats) {
    return new FeedSpec(
        feed,
        source,
        otherColumns,
        otherFormats,
        defaults,
        sensitive,
        nulls,
        ties,
        skipRows,
        fillDown);
  }

  /** Returns the same feed with texts, by field, for what has no default. */
  public FeedSpec withDefaults(Map<String, String> more) {
    Map<String, String> all = new LinkedHashMap<>(more);
    all.putAll(defaults);
    return new FeedSpec(
        feed, source, columns, formats, all, sensitive, nulls, ties, skipRows, fillDown);
  }

  /** Returns the source's header of the named field, or the several that make it. */
  public List<String> headers(String field) {
    return IdColumns.headers(columns.getOrDefault(field, field));
  }
}
