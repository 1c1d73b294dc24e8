package io.autopulse.domain.forecast.reference;

import io.autopulse.domain.forecast.Method;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Reads the series and the forecasts that {@code make_reference.py} wrote, and compares them. */
public final class ReferenceForecasts {
  private ReferenceForecasts() {}

  /**
   * A series and what the reference forecasts for it.
   *
   * @param key the series
   * @param season how many periods make a season
   * @param values the history
   * @param forecast the reference's forecast
   */
  @SuppressWarnings("ArrayRecordComponent") // read, never compared
  public record Case(String key, int season, double[] values, double[] forecast) {
    /** Returns the largest deviation of a forecast, relative to the reference's largest value. */
    public double deviation(double[] other) {
      double largest = 0;
      double scale = 0;
      for (int i = 0; i < forecast.length; i++) {
        largest = Math.max(largest, Math.abs(other[i] - forecast[i]));
        scale = Math.max(scale, Math.abs(forecast[i]));
        if (!Double.isFinite(other[i])) {
          return Double.POSITIVE_INFINITY;
        }
      }
      return scale == 0 ? largest : largest / scale;
    }

    /** Returns a line for each forecast that deviates from the reference by more than a share. */
    public String compare(Method method, double share) {
      double deviation = deviation(method.forecast(values, season, forecast.length));
      return deviation <= share
          ? ""
          : String.format(Locale.ROOT, "%s of %s: %.2e%n", method.name(), key, deviation);
    }
  }

  /**
   * Returns the series that the reference answers.
   *
   * @param method the name of the reference's file
   */
  public static List<Case> of(String method) {
    List<String[]> series = read("series.csv");
    List<String[]> forecasts = read(method + ".csv");
    List<Case> cases = new ArrayList<>();
    for (int i = 0; i < series.size(); i++) {
      String[] row = series.get(i);
      String[] forecast = forecasts.get(i);
      if (!row[0].equals(forecast[0])) {
        throw new IllegalStateException(
            method + ".csv is not of this series.csv: run make_reference.py again");
      }
      if (forecast.length > 1) {
        cases.add(
            new Case(row[0], Integer.parseInt(row[1]), numbers(row[3]), numbers(forecast[1])));
      }
    }
    return cases;
  }

  private static double[] numbers(String joined) {
    return Arrays.stream(joined.split(" ")).mapToDouble(Double::parseDouble).toArray();
  }

  private static List<String[]> read(String file) {
    try (InputStream in = ReferenceForecasts.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("no reference " + file);
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().skip(1).map(line -> line.split(",")).toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
