package io.autopulse.generate;

/** How a landing zone's records are written. */
public enum LandingFormat {
  /** An ERP export: comma-separated, UTF-8, one header a file, quotes only where needed. */
  CSV,
  /** Airbyte's S3 destination: one JSON envelope a line. */
  AIRBYTE_JSONL
}
