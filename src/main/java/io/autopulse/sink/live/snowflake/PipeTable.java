package io.autopulse.sink.live.snowflake;

import io.autopulse.sink.live.LiveTable;
import io.autopulse.sink.staging.snowflake.StagingTable;
import io.autopulse.warehouse.table.CoreTable;
import java.util.List;
import java.util.Locale;

/**
 * A core table that a pipe appends a live job's rows to. Files of the table lie in a folder of its
 * name below {@code live/} of the stage, a line has its columns in the table's own order: {@code
 * warehouse/snowflake/pipes.sql} makes pipes of these names that read so.
 */
public enum PipeTable {
  SALE_VERSIONS_LIVE(LiveTable.VERSIONS),
  SALES_KPI_LIVE(LiveTable.PANES),
  REJECTED_RECORDS_LIVE(LiveTable.REJECTED),
  MARKET_REGISTRATIONS_LIVE(LiveTable.MARKET_REGISTRATIONS),
  FUEL_PRICES_LIVE(LiveTable.FUEL_PRICES),
  MARKET_ATTENTION_LIVE(LiveTable.MARKET_ATTENTION),
  TREND_FEATURES_LIVE(LiveTable.TREND_FEATURES);

  private static final String FOLDER = "live/";

  private final LiveTable content;

  PipeTable(LiveTable content) {
    this.content = content;
  }

  /** Returns the table that takes a live table's rows. */
  static PipeTable of(LiveTable content) {
    for (PipeTable table : values()) {
      if (table.content == content) {
        return table;
      }
    }
    throw new IllegalArgumentException(content.toString());
  }

  /** Returns what the rows are. */
  LiveTable content() {
    return content;
  }

  /** Returns how blocks of the rows are taken apart. */
  StagingTable rows() {
    return StagingTable.of(content.content());
  }

  /** Returns the columns, in the order of the table. */
  List<String> columns() {
    return CoreTable.valueOf(name()).names();
  }

  /** Returns the pipe's name in the core tables' schema. */
  public String pipe() {
    return name() + "_PIPE";
  }

  /** Returns where the table's files lie below a stage; ends with a slash. */
  String folder(String stage) {
    return stage + FOLDER + this + "/";
  }

  /** Returns the table's name. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
