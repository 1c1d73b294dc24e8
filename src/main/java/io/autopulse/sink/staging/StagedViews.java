package io.autopulse.sink.staging;

import io.autopulse.warehouse.SqlFile;
import io.autopulse.warehouse.SqlNames;
import io.autopulse.warehouse.table.CoreTable;
import io.autopulse.warehouse.table.TableColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The queries of the relations over staged tables: one text for every warehouse. */
final class StagedViews {
  private final String currency;

  /**
   * Makes queries.
   *
   * @param currency the reporting currency: the only one of accepted sales
   */
  StagedViews(String currency) {
    this.currency = SqlNames.literal(currency);
  }

  /**
   * Returns the relations that a staged table gives: queries by the name of the relation.
   *
   * @param files what may stand after {@code from} and gives the table's rows
   */
  Map<String, String> of(StagedTable table, String files) {
    return switch (table) {
      case COUNTS ->
          Map.of(
              "load_run_feeds",
              read("load-run-feeds", files),
              "noted",
              read("noted", files),
              "rejected_sales",
              RejectedSales.IDS.replace("{files}", files));
      case UNMAPPED_NAMES -> Map.of(table.toString(), read("unmapped-names", files));
      case MARKET_REGISTRATIONS_LIVE,
          FUEL_PRICES_LIVE,
          MARKET_ATTENTION_LIVE,
          TREND_FEATURES_LIVE ->
          throw new IllegalArgumentException(table + " is dropped, never staged");
      default -> Map.of(table.toString(), "select " + columns(table) + "\nfrom " + files);
    };
  }

  private static String read(String name, String files) {
    return SqlFile.read(StagedViews.class, "relations/" + name, Map.of("files", files));
  }

  private String columns(StagedTable table) {
    List<String> columns = new ArrayList<>();
    for (TableColumn column : table.core().map(CoreTable::columns).orElse(List.of())) {
      value(column).ifPresent(columns::add);
    }
    table.further().forEach(column -> columns.add(column.name()));
    return String.join(", ", columns);
  }

  /** Returns the expression of a column of the core table; empty if the publisher sets it. */
  private Optional<String> value(TableColumn column) {
    return switch (column.role()) {
      case KEY, REQUIRED, OPTIONAL -> Optional.of(column.name());
      case DERIVED ->
          Optional.of("cast(null as %s) as %s".formatted(column.type().sql(), column.name()));
      case STAMP, STAMPED_KEY ->
          column.name().equals("currency")
              ? Optional.of(currency + " as " + column.name())
              : Optional.empty();
    };
  }
}
