package io.autopulse.sink.live.snowflake;

import io.autopulse.domain.trend.TrendFeatures;
import io.autopulse.sink.live.LiveTable;
import io.autopulse.sink.staging.snowflake.StagingTable;
import java.util.List;
import java.util.Locale;

/**
 * A core table that a pipe appends a live job's rows to. Files of the table lie in a folder of its
 * name below {@code live/} of the stage, a line has its columns in the table's own order: {@code
 * warehouse/snowflake/pipes.sql} makes pipes of these names that read so.
 */
public enum PipeTable {
  SALE_VERSIONS_LIVE(
      LiveTable.VERSIONS,
      "sale_id updated_at sequence status sold_at sold_on model_id make model segment powertrain dealer_id region "
          + "list_price net_price currency channel source run_id"),
  SALES_KPI_LIVE(
      LiveTable.PANES,
      "grain window_start window_end dimension member units_sold units_cancelled units_returned revenue average_price "
          + "median_price p10_price p90_price average_discount sales_mix market_share revision is_final computed_at run_id"),
  REJECTED_RECORDS_LIVE(
      LiveTable.REJECTED, "run_id feed origin code step field message raw format header"),
  MARKET_REGISTRATIONS_LIVE(
      LiveTable.MARKET_REGISTRATIONS,
      "period_start period_grain region make model powertrain known_on settles_at registrations revision computed_at run_id"),
  FUEL_PRICES_LIVE(
      LiveTable.FUEL_PRICES,
      "day region fuel known_on settles_at average_price minimum_price maximum_price stations revision computed_at run_id"),
  MARKET_ATTENTION_LIVE(
      LiveTable.MARKET_ATTENTION,
      "day source topic known_on settles_at views mentions sentiment_mean revision computed_at run_id"),
  TREND_FEATURES_LIVE(
      LiveTable.TREND_FEATURES, String.join(" ", TrendFeatures.COLUMNS) + " computed_at run_id");

  private static final String FOLDER = "live/";

  private final LiveTable content;
  private final List<String> columns;

  PipeTable(LiveTable content, String columns) {
    this.content = content;
    this.columns = List.of(columns.split(" ", -1));
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
    return columns;
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
