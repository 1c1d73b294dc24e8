package io.autopulse.warehouse.table;

import static io.autopulse.warehouse.table.SqlType.AMOUNT;
import static io.autopulse.warehouse.table.SqlType.DATE;
import static io.autopulse.warehouse.table.SqlType.INTEGER;
import static io.autopulse.warehouse.table.SqlType.MEASURE;
import static io.autopulse.warehouse.table.SqlType.SHARE;
import static io.autopulse.warehouse.table.SqlType.TEXT;
import static io.autopulse.warehouse.table.SqlType.TIMESTAMP;
import static io.autopulse.warehouse.table.SqlType.UNIT_PRICE;
import static io.autopulse.warehouse.table.TableColumn.Role.OPTIONAL;
import static io.autopulse.warehouse.table.TableColumn.Role.REQUIRED;
import static io.autopulse.warehouse.table.TableColumn.Role.STAMPED_KEY;
import static io.autopulse.warehouse.table.TableColumn.keys;
import static io.autopulse.warehouse.table.TableColumn.optional;
import static io.autopulse.warehouse.table.TableColumn.required;
import static io.autopulse.warehouse.table.TableColumn.stamp;

import io.autopulse.domain.market.MarketTable;
import io.autopulse.warehouse.table.TableColumn.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Columns that several core tables have. */
final class SharedColumns {
  static final List<TableColumn> RUN = stamp(TEXT, "run_id");

  /** What a statement gives the rows of a vintage. */
  static final List<TableColumn> VINTAGE =
      joined(
          TableColumn.of(STAMPED_KEY, TEXT, "grain"),
          TableColumn.of(STAMPED_KEY, DATE, "as_of"),
          TableColumn.of(STAMPED_KEY, INTEGER, "vintage"));

  static final List<TableColumn> SALE =
      joined(
          required(TEXT, "status"),
          required(TIMESTAMP, "sold_at"),
          required(DATE, "sold_on"),
          optional(TEXT, "model_id"),
          required(TEXT, "make", "model", "segment", "powertrain", "dealer_id", "region"),
          optional(AMOUNT, "list_price"),
          required(AMOUNT, "net_price"),
          stamp(TEXT, "currency"),
          optional(TEXT, "channel", "source"),
          RUN);

  static final List<TableColumn> CELL =
      joined(
          keys(TEXT, "grain"),
          keys(TIMESTAMP, "window_start"),
          required(TIMESTAMP, "window_end"),
          keys(TEXT, "dimension", "member"),
          required(INTEGER, "units_sold", "units_cancelled", "units_returned"),
          required(AMOUNT, "revenue"),
          optional(AMOUNT, "average_price", "median_price", "p10_price", "p90_price"),
          optional(SHARE, "average_discount"));

  static final List<TableColumn> REGISTRATION = figure(MarketTable.MARKET_REGISTRATIONS);

  static final List<TableColumn> FUEL = figure(MarketTable.FUEL_PRICES);

  static final List<TableColumn> PRICES =
      measures(REQUIRED, MarketTable.FUEL_PRICES, UNIT_PRICE, UNIT_PRICE, UNIT_PRICE, INTEGER);

  static final List<TableColumn> TOPIC = figure(MarketTable.MARKET_ATTENTION);

  static final List<TableColumn> ATTENTION =
      measures(OPTIONAL, MarketTable.MARKET_ATTENTION, INTEGER, INTEGER, SHARE);

  static final List<TableColumn> KNOWN_ON = keys(DATE, "known_on");

  static final List<TableColumn> SETTLES_AT = required(TIMESTAMP, "settles_at");

  static final List<TableColumn> REVISED =
      joined(required(INTEGER, "revision"), stamp(TIMESTAMP, "computed_at"), RUN);

  static final List<TableColumn> FEATURES =
      joined(
          keys(DATE, "week_start"),
          keys(TEXT, "dimension", "member"),
          required(INTEGER, "units"),
          optional(
              INTEGER, "units_lag_1", "units_lag_2", "units_lag_4", "units_lag_13", "units_lag_52"),
          optional(
              MEASURE, "units_average_4", "units_average_13", "week_over_week", "year_over_year"),
          optional(SHARE, "share_change"),
          optional(MEASURE, "price_index"),
          optional(UNIT_PRICE, "fuel_price"),
          optional(MEASURE, "fuel_price_change_4", "attention", "attention_change"));

  private SharedColumns() {}

  /** Returns the key of a market figure, which begins with its day. */
  private static List<TableColumn> figure(MarketTable table) {
    List<String> names = table.key();
    return joined(
        keys(DATE, names.get(0)),
        keys(TEXT, names.subList(1, names.size()).toArray(String[]::new)));
  }

  /** Returns how many vehicles are registered, which a withdrawn vintage does not say. */
  static List<TableColumn> registrations(Role role) {
    return measures(role, MarketTable.MARKET_REGISTRATIONS, INTEGER);
  }

  /** Returns the measures of a market figure. */
  private static List<TableColumn> measures(Role role, MarketTable table, SqlType... types) {
    List<String> names = table.measures();
    if (names.size() != types.length) {
      throw new IllegalArgumentException(types.length + " types of " + names);
    }
    return IntStream.range(0, types.length)
        .mapToObj(i -> new TableColumn(names.get(i), types[i], role))
        .toList();
  }

  @SafeVarargs
  static List<TableColumn> joined(List<TableColumn>... columns) {
    List<TableColumn> all = new ArrayList<>();
    for (List<TableColumn> some : columns) {
      all.addAll(some);
    }
    return List.copyOf(all);
  }
}
