package io.autopulse.source.warehouse;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A row that was read back from the warehouse: the same values from DuckDB as from Snowflake.
 * Columns are known by their labels in lower case. What cannot be read as asked is a defect of the
 * query or its reader, and an exception that names the column.
 */
public final class WarehouseRow {
  private final Map<String, @Nullable String> values;

  /** Makes a row of its values' texts, by column. */
  WarehouseRow(Map<String, @Nullable String> values) {
    this.values = new HashMap<>(values);
  }

  /** Tells whether a column holds no value. An empty text is a value. */
  public boolean isNull(String column) {
    return known(column) == null;
  }

  /** Returns a text. */
  public String text(String column) {
    return value(column, "a text", text -> text);
  }

  /** Returns a whole number. */
  public long whole(String column) {
    return value(column, "a whole number", Long::valueOf);
  }

  /** Returns a number, with the digits of its column. */
  public BigDecimal number(String column) {
    return value(column, "a number", BigDecimal::new);
  }

  /** Returns a day. */
  public LocalDate date(String column) {
    return value(column, "a date", LocalDate::parse);
  }

  /** Returns a time without a zone: UTC in the core tables. */
  public LocalDateTime time(String column) {
    return value(column, "a time", LocalDateTime::parse);
  }

  /** Returns a truth value. */
  public boolean flag(String column) {
    return value(
        column,
        "true or false",
        text -> {
          if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException(text);
          }
          return text.equals("true");
        });
  }

  private <T> T value(String column, String expected, Function<String, T> reader) {
    String text = known(column);
    if (text == null) {
      throw new IllegalStateException("column " + column + " is null, not " + expected);
    }
    try {
      return reader.apply(text);
    } catch (RuntimeException e) {
      throw new IllegalStateException(
          "column " + column + " is \"" + text + "\", not " + expected, e);
    }
  }

  private @Nullable String known(String column) {
    if (!values.containsKey(column)) {
      throw new IllegalStateException(
          "there is no column " + column + " among " + values.keySet().stream().sorted().toList());
    }
    return values.get(column);
  }

  @Override
  public String toString() {
    return values.toString();
  }
}
