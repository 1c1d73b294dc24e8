package io.autopulse.sink.staging;

import io.autopulse.warehouse.SqlFile;
import io.autopulse.warehouse.runs.RejectedRecords;
import java.util.Map;

/**
 * What a replay has staged, each record once. A replayed record is often still at its source; if
 * both are rejected again, the replayed one is a duplicate of the other. A record is known by all
 * of its text, and not by its place, which changes: rows of a database have no order, and files
 * grow. Of records that are equal as many are kept as were replayed, or as the source has if those
 * are more.
 */
public final class ReplayedRecords {
  private ReplayedRecords() {}

  /** Returns what stands for the relations of a replay in statements, by their names. */
  public static Map<String, String> relations(StagingNames names) {
    return Map.of(
        "rejected_records",
        records(names),
        "load_run_feeds",
        relation(
            "counts",
            Map.of("counts", names.relation("load_run_feeds"), "numbered", numbered(names))));
  }

  /** Returns a relation of the rejected records of a replay, each once. */
  static String records(StagingNames names) {
    return relation("records-once", Map.of("numbered", numbered(names)));
  }

  private static String relation(String name, Map<String, String> values) {
    return "(\n" + SqlFile.read(ReplayedRecords.class, "replay/" + name, values) + ")";
  }

  private static String numbered(StagingNames names) {
    return SqlFile.read(
        ReplayedRecords.class,
        "replay/numbered-records",
        Map.of(
            "length",
            String.valueOf(RejectedRecords.REPLAYED.length()),
            "mark",
            RejectedRecords.REPLAYED,
            "records",
            names.relation("rejected_records")));
  }
}
