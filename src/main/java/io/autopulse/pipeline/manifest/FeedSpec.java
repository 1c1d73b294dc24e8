package io.autopulse.pipeline.manifest;

import io.autopulse.domain.sale.Feed;
import java.io.Serializable;
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
 */
public record FeedSpec(
    Feed feed,
    SourceSpec source,
    Map<String, String> columns,
    FieldFormats formats,
    Map<String, String> defaults,
    List<String> sensitive)
    implements Serializable {
  /** Keeps its own copies. */
  public FeedSpec {
    columns = Map.copyOf(columns);
    defaults = Map.copyOf(defaults);
    sensitive = List.copyOf(sensitive);
  }

  /** Returns the source's header of the named field. */
  public String header(String field) {
    return columns.getOrDefault(field, field);
  }
}
