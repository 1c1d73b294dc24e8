package io.autopulse.pipeline.manifest;

import java.io.Serializable;

/** Where the records of a feed are read from. */
public sealed interface SourceSpec extends Serializable
    permits CsvSource, XlsxSource, AirbyteJsonlSource, JdbcSource, KafkaSource, WarehouseSource {
  /** Returns what a plan shows: the kind and the address, never a secret. */
  String description();
}
