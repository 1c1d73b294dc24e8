package io.autopulse.generate.format;

import java.util.List;
import java.util.SplittableRandom;

/** How a landing zone's records are written. */
public enum LandingFormat {
  /** An ERP export: comma-separated, UTF-8, one header a file, quotes only where needed. */
  CSV,
  /** Airbyte's S3 destination: one JSON envelope a line. */
  AIRBYTE_JSONL,
  /** Messages of a topic: one JSON object each. */
  JSON;

  /** Returns an encoder of records with the columns; envelopes take their ids from the chance. */
  public RecordEncoder encoder(List<String> columns, SplittableRandom random) {
    return switch (this) {
      case CSV -> new CsvEncoder();
      case AIRBYTE_JSONL -> new AirbyteEncoder(columns, random);
      case JSON -> new JsonEncoder(columns);
    };
  }
}
