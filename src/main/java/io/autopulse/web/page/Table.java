package io.autopulse.web.page;

import io.autopulse.web.state.Sort;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A table, as pages, files and the API have it.
 *
 * @param id its name in URLs
 * @param columns the first names the row
 * @param rows the rows
 * @param totals the last row; empty if the values do not add up
 * @param bar which column has bars beside its values; empty for none
 * @param longest the value of the longest bar; empty for the greatest of the rows
 */
public record Table(
    String id,
    List<Column> columns,
    List<Row> rows,
    Optional<Row> totals,
    Optional<String> bar,
    OptionalDouble longest) {
  /**
   * A row.
   *
   * @param values one a column; null where there is none
   * @param link where its name leads; empty for nowhere
   * @param chosen whether a filter is set to it, which its link lifts
   */
  public record Row(List<@Nullable Object> values, String link, boolean chosen) {
    /** Copies the values. */
    public Row {
      values = Collections.unmodifiableList(new ArrayList<>(values));
    }

    /** Makes a row without a link. */
    public static Row of(@Nullable Object... values) {
      return new Row(new ArrayList<>(Arrays.asList(values)), "", false);
    }

    /** Returns the row with a link. */
    public Row linked(String target) {
      return new Row(values, target, false);
    }

    /** Returns the row with a link that sets a filter to it, or lifts that. */
    public Row linked(String target, boolean lifts) {
      return new Row(values, target, lifts);
    }
  }

  /** Checks that every row has a value a column. */
  public Table {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
    for (Row row : rows) {
      if (row.values.size() != columns.size()) {
        throw new IllegalArgumentException(
            id + ": " + row.values.size() + " values in " + columns.size() + " columns");
      }
    }
  }

  /** Makes a table without totals and bars. */
  public static Table of(String id, List<Column> columns, List<Row> rows) {
    return new Table(id, columns, rows, Optional.empty(), Optional.empty(), OptionalDouble.empty());
  }

  /** Returns the table with a last row. */
  public Table withTotals(Row row) {
    return new Table(id, columns, rows, Optional.of(row), bar, longest);
  }

  /** Returns the table with bars beside the values of a column, which are not below 0. */
  public Table withBar(String column) {
    return new Table(id, columns, rows, totals, Optional.of(column), longest);
  }

  /** Tells whether it has a column. */
  public boolean has(String key) {
    return columns.stream().anyMatch(column -> column.key().equals(key));
  }

  private int index(String key) {
    return columns.stream().map(Column::key).toList().indexOf(key);
  }

  /** Returns the table in the order of a column that it has; rows without a value come last. */
  public Table sorted(Sort sort) {
    int column = index(sort.column());
    Comparator<Object> order = Table::compare;
    Comparator<@Nullable Object> values =
        Comparator.nullsLast(sort.descending() ? order.reversed() : order);
    List<Row> sorted = new ArrayList<>(rows);
    sorted.sort((a, b) -> values.compare(a.values.get(column), b.values.get(column)));
    return new Table(id, columns, sorted, totals, bar, longest);
  }

  /** Returns the table with some of its rows; totals and bars are those of all. */
  Table part(int from, int to) {
    return new Table(
        id,
        columns,
        rows.subList(from, to),
        totals,
        bar,
        bar.isPresent() ? OptionalDouble.of(most()) : longest);
  }

  private static int compare(Object a, Object b) {
    if (a instanceof Number x && b instanceof Number y) {
      return Double.compare(x.doubleValue(), y.doubleValue());
    }
    return a.toString().compareTo(b.toString());
  }

  /** Tells whether a column's values have bars beside them. */
  public boolean isBar(Column column) {
    return bar.equals(Optional.of(column.key()));
  }

  /** Returns how long a row's bar is, 0 to 100, in whole numbers. */
  public long barOf(Row row) {
    int column = index(bar.orElseThrow());
    double most = longest.orElseGet(this::most);
    return most > 0 ? Math.round(100 * Math.max(0, number(row.values.get(column))) / most) : 0;
  }

  private double most() {
    int column = index(bar.orElseThrow());
    return rows.stream().mapToDouble(row -> number(row.values.get(column))).max().orElse(0);
  }

  private static double number(@Nullable Object value) {
    return value instanceof Number number ? number.doubleValue() : 0;
  }
}
