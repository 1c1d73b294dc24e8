package io.autopulse.cli.forecast;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.autopulse.domain.forecast.MemberForecast;
import io.autopulse.domain.forecast.Series;
import io.autopulse.domain.problem.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Writes forecasts to a CSV file, one row a series, origin and period. */
final class ForecastFile implements AutoCloseable {
  private final Path file;
  private final CsvWriter csv;

  ForecastFile(Path file) {
    this.file = file;
    try {
      csv = CsvWriter.builder().build(Files.newBufferedWriter(file, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw problem(e);
    }
    csv.writeRecord(
        "series",
        "origin",
        "period",
        "horizon",
        "mean",
        "lower80",
        "upper80",
        "lower95",
        "upper95",
        "naive",
        "seasonal_naive",
        "method",
        "reason",
        "actual");
  }

  /**
   * Writes a forecast.
   *
   * @param series what was known: its last period is the origin
   * @param forecast the forecast
   * @param actual what came, as far as it is known
   */
  void write(Series series, MemberForecast forecast, double[] actual) {
    String origin =
        series.length() == 0
            ? ""
            : PeriodText.format(series.day(series.length() - 1), series.step());
    for (int h = 0; h < forecast.mean().length; h++) {
      csv.writeRecord(
          series.key(),
          origin,
          PeriodText.format(series.day(series.length() + h), series.step()),
          Integer.toString(h + 1),
          number(forecast.mean()[h]),
          number(forecast.lower80()[h]),
          number(forecast.upper80()[h]),
          number(forecast.lower95()[h]),
          number(forecast.upper95()[h]),
          number(forecast.naive()[h]),
          number(forecast.seasonalNaive()[h]),
          forecast.method(),
          forecast.reason(),
          h < actual.length ? number(actual[h]) : "");
    }
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.6g", value);
  }

  @Override
  public void close() {
    try {
      csv.close();
    } catch (IOException e) {
      throw problem(e);
    }
  }

  private InputException problem(IOException e) {
    return new InputException(
        "--output " + file,
        "cannot be written: " + e.getMessage(),
        "Name a file in a folder that exists",
        e);
  }
}
