package io.autopulse.transform.forecast;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.autopulse.domain.forecast.GlobalMethod;
import io.autopulse.domain.forecast.Series;
import io.autopulse.domain.forecast.simple.SeasonalNaive;
import io.autopulse.domain.problem.InputException;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Forecasts that another tool made, read from a CSV file of UTF-8 with the header {@code
 * series,origin,period,value}: the key of the series, the first day of the last period that the
 * forecast knew, the first day of the period it forecasts (dates as {@code 2026-03-30}), and the
 * units. The file has forecasts from the origins of the backtest too, so that they earn their
 * weight as those of any other method do. Other columns are not read.
 *
 * <p>What the file lacks is the last season carried forward, which earns none: {@link #missing}
 * names the series whose newest forecast is not whole. Threads may share it.
 */
public final class FileMethod implements GlobalMethod, Serializable {
  private static final long serialVersionUID = 1L;
  private static final List<String> HEADER = List.of("series", "origin", "period", "value");
  private static final String FORMAT =
      "The header of a file of forecasts is series,origin,period,value";

  private static final SeasonalNaive LAST_SEASON = new SeasonalNaive();

  private final String name;
  private final HashMap<Forecast, Double> values;
  private final String prefix;

  /** What tells a value apart. */
  private record Forecast(String series, LocalDate origin, LocalDate period)
      implements Serializable {}

  @SuppressWarnings("NonApiType") // the field must be serialisable; all dimensions share one map
  private FileMethod(String name, HashMap<Forecast, Double> values, String prefix) {
    this.name = name;
    this.values = values;
    this.prefix = prefix;
  }

  /**
   * Returns the method for series that have longer names in the file.
   *
   * @param before what the file has before their keys, such as {@code region/}
   */
  public FileMethod within(String before) {
    return new FileMethod(name, values, before);
  }

  /**
   * Reads a file.
   *
   * @param file the file
   * @param name how the method is called where forecasts are published
   * @throws InputException if the file cannot be read, or a line of it is not a forecast; it names
   *     the line and the field
   */
  public static FileMethod read(Path file, String name) {
    if (!Files.isRegularFile(file)) {
      throw new InputException(file.toString(), "there is no such file of forecasts", "");
    }
    HashMap<Forecast, Double> values = new HashMap<>();
    try (CsvReader<CsvRecord> csv =
        CsvReader.builder()
            .commentStrategy(CommentStrategy.NONE)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .ofCsvRecord(file, StandardCharsets.UTF_8)) {
      int[] columns = new int[0];
      for (CsvRecord line : csv) {
        String place = file + ":" + line.getStartingLineNumber();
        if (columns.length == 0) {
          columns = columns(place, line);
        } else {
          add(values, place, line, columns);
        }
      }
    } catch (IOException | UncheckedIOException e) {
      throw new InputException(
          file.toString(), "the file of forecasts cannot be read: " + e.getMessage(), "", e);
    } catch (CsvParseException e) {
      throw new InputException(file.toString(), String.valueOf(e.getMessage()), FORMAT, e);
    }
    if (values.isEmpty()) {
      throw new InputException(file.toString(), "there is no forecast in the file", FORMAT);
    }
    return new FileMethod(name, values, "");
  }

  private static int[] columns(String place, CsvRecord header) {
    List<String> names = new ArrayList<>(header.getFields());
    names.set(0, names.get(0).replace("\uFEFF", ""));
    names.replaceAll(String::strip);
    return HEADER.stream()
        .mapToInt(
            column -> {
              if (!names.contains(column)) {
                throw new InputException(place, "there is no column \"" + column + "\"", FORMAT);
              }
              return names.indexOf(column);
            })
        .toArray();
  }

  private static void add(
      Map<Forecast, Double> values, String place, CsvRecord line, int[] columns) {
    String series = field(place, line, columns, 0);
    LocalDate origin = date(place, line, columns, 1);
    LocalDate period = date(place, line, columns, 2);
    if (!period.isAfter(origin)) {
      throw new InputException(
          place + ": period",
          period + " is not after the origin " + origin,
          "The origin is the last period that the forecast knew");
    }
    double value = number(place, field(place, line, columns, 3));
    if (values.put(new Forecast(series, origin, period), value) != null) {
      throw new InputException(
          place,
          "the file has two forecasts of \"" + series + "\" from " + origin + " for " + period,
          "Remove one of them");
    }
  }

  private static String field(String place, CsvRecord line, int[] columns, int column) {
    if (columns[column] >= line.getFieldCount() || line.getField(columns[column]).isBlank()) {
      throw new InputException(place + ": " + HEADER.get(column), "the value is absent", "");
    }
    return line.getField(columns[column]).strip();
  }

  private static LocalDate date(String place, CsvRecord line, int[] columns, int column) {
    String text = field(place, line, columns, column);
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw new InputException(
          place + ": " + HEADER.get(column),
          "\"" + text + "\" is not a date",
          "A date is written as 2026-03-30",
          e);
    }
  }

  private static double number(String place, String text) {
    double value;
    try {
      value = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      value = Double.NaN;
    }
    if (!Double.isFinite(value)) {
      throw new InputException(
          place + ": value", "\"" + text + "\" is not a number", "Write it as 12.5");
    }
    return value;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public double[][] forecast(List<Series> panel, int horizon) {
    return panel.stream()
        .map(
            series -> {
              double[] forecast = lookUp(series, horizon);
              return forecast.length == horizon
                  ? forecast
                  : LAST_SEASON.forecast(series.values(), series.season(), horizon);
            })
        .toArray(double[][]::new);
  }

  /**
   * Returns the keys of the series that the file has no whole forecast of from their last period,
   * in their order.
   *
   * @param panel the series
   * @param horizon how many periods a forecast has
   */
  public List<String> missing(List<Series> panel, int horizon) {
    return panel.stream()
        .filter(series -> lookUp(series, horizon).length != horizon)
        .map(Series::key)
        .toList();
  }

  /** Returns the forecast from the end of a series; nothing if it is not whole. */
  private double[] lookUp(Series series, int horizon) {
    double[] forecast = new double[horizon];
    LocalDate origin = series.day(series.length() - 1);
    for (int h = 0; h < horizon; h++) {
      LocalDate period = series.day(series.length() + h);
      Double value = values.get(new Forecast(prefix + series.key(), origin, period));
      if (value == null) {
        return new double[0];
      }
      forecast[h] = value;
    }
    return forecast;
  }
}
