package io.autopulse.cli.text;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How values of a type are laid out as rows.
 *
 * @param columns the columns
 */
public record RowLayout<T>(List<Column<T>> columns) {
  /**
   * A column.
   *
   * @param title its name
   * @param number whether it holds numbers
   * @param value gives a Number, a Boolean, a String, a date, a time or null
   */
  public record Column<T>(String title, boolean number, Function<T, @Nullable Object> value) {
    /** Returns what the column holds of a value: a Number, a Boolean, a String or null. */
    @Nullable Object of(T from) {
      Object held = value.apply(from);
      if (held == null) {
        return null;
      }
      Object known = PlainValue.known(held);
      return known == null ? held.toString() : known;
    }

    /** Returns the text of what the column holds of a value; null if that is null. */
    public @Nullable String textOf(T from) {
      Object held = of(from);
      return held == null ? null : PlainValue.text(held);
    }
  }

  /** Returns the layout of these columns. */
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  public static <T> RowLayout<T> of(Column<T>... columns) {
    return new RowLayout<>(List.of(columns));
  }

  /** Returns a column of text. */
  public static <T> Column<T> text(String title, Function<T, @Nullable Object> value) {
    return new Column<>(title, false, value);
  }

  /** Returns a column of numbers. */
  public static <T> Column<T> number(String title, Function<T, @Nullable Object> value) {
    return new Column<>(title, true, value);
  }

  /** Returns rows of these values. */
  public Rows rows(List<T> values) {
    return new Listed<>(this, values);
  }

  private static final class Listed<T> implements Rows {
    private final RowLayout<T> layout;
    private final List<T> values;
    private int row = -1;

    Listed(RowLayout<T> layout, List<T> values) {
      this.layout = layout;
      this.values = values;
    }

    @Override
    public List<String> titles() {
      return layout.columns().stream().map(Column::title).toList();
    }

    @Override
    public boolean isNumber(int column) {
      return layout.columns().get(column).number();
    }

    @Override
    public boolean next() {
      return ++row < values.size();
    }

    @Override
    public @Nullable Object value(int column) {
      return layout.columns().get(column).of(values.get(row));
    }
  }
}
