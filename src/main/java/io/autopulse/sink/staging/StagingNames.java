package io.autopulse.sink.staging;

import io.autopulse.warehouse.SqlNames;
import io.autopulse.warehouse.runs.RunId;

/**
 * The names of one run's staging relations: {@code STG_<table>__<run id>}.
 *
 * @param runId the run: a lower-case letter, then lower-case letters, digits and underscores
 */
public record StagingNames(String runId) {
  /** Checks that the run id can be a part of a name in every warehouse. */
  public StagingNames {
    RunId.check(runId);
  }

  /**
   * Returns the relation that stages a core table, such as {@code STG_sales_kpi__daily_20240501}.
   */
  public String relation(String table) {
    return "STG_" + SqlNames.identifier(table) + "__" + runId;
  }

  /**
   * Returns the every-version relation: the columns of the core table without {@code run_id}, and
   * {@code fate}.
   */
  public String saleVersions() {
    return relation("sale_versions");
  }

  /**
   * Returns the KPI relation: the columns of the core table without {@code run_id} and {@code
   * computed_at}.
   */
  public String salesKpi() {
    return relation("sales_kpi");
  }

  /** Returns the relation of models of vehicles, without {@code run_id}. */
  public String vehicles() {
    return relation("vehicles");
  }

  /** Returns the relation of dealers, without {@code run_id}. */
  public String dealers() {
    return relation("dealers");
  }

  /** Returns the relation of rejected records, without {@code run_id}. */
  public String rejectedRecords() {
    return relation("rejected_records");
  }

  /** Returns the relation of counts a feed, without {@code run_id} and {@code rows_published}. */
  public String loadRunFeeds() {
    return relation("load_run_feeds");
  }

  /** Returns a temporary table that the audits of this run make for themselves. */
  public String audit(String table) {
    return "AUDIT_" + SqlNames.identifier(table) + "__" + runId;
  }
}
