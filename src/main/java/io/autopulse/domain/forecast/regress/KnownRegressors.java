package io.autopulse.domain.forecast.regress;

import io.autopulse.domain.forecast.Series;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A series from the period on in which its regressors are known, and what they are worth out of
 * sample.
 *
 * @param series the history, cut to where all regressors are known
 * @param ablation what each regressor is worth; empty lines if there is none to compare
 * @param origins from how many origins they are compared; 0 if none can be
 * @param absent why a regressor is not compared, by its name
 */
public record KnownRegressors(
    Series series, Ablation ablation, int origins, Map<String, String> absent) {
  /** The registrations of the whole market, of {@link KnownRegistrations}. */
  public static final String REGISTRATIONS = "registrations";

  /** The regressors that are read, in the order in which they are shown. */
  public static final List<String> NAMES = List.of("price", "fuel", "attention", REGISTRATIONS);

  /** From so few origins a regressor would win by luck. */
  private static final int FEWEST_ORIGINS = 3;

  private static final int MOST_ORIGINS = 6;

  /** So many periods without a value have the last one. */
  private static final int LONGEST_GAP = 4;

  /** Copies the reasons. */
  public KnownRegressors {
    absent = Map.copyOf(absent);
  }

  /**
   * Compares the regressors of a series.
   *
   * @param whole the history
   * @param values the values of each regressor by the first day of their period; a gap of up to
   *     four periods has the last value before it
   * @param horizon how many periods are forecast from each origin
   */
  public static KnownRegressors of(
      Series whole, Map<String, ? extends NavigableMap<LocalDate, Double>> values, int horizon) {
    int fewest = whole.season() + FEWEST_ORIGINS * horizon;
    Map<String, String> absent = new TreeMap<>();
    Map<String, double[]> filled = new TreeMap<>();
    int first = 0;
    for (String name : NAMES) {
      NavigableMap<LocalDate, Double> given = values.get(name);
      double[] known = fill(whole, given == null ? new TreeMap<>() : given);
      int begin = begin(known);
      if (begin == known.length) {
        absent.put(name, "no values");
      } else if (known.length - begin < fewest) {
        absent.put(
            name, (known.length - begin) + " periods of values, " + fewest + " are the fewest");
      } else if (Arrays.stream(known, begin, known.length).distinct().count() < 2) {
        absent.put(name, "its value never changes");
      } else {
        filled.put(name, known);
        first = Math.max(first, begin);
      }
    }
    Series series =
        new Series(
            whole.key(),
            whole.step(),
            whole.day(first),
            whole.season(),
            Arrays.copyOfRange(whole.values(), first, whole.length()));
    List<Regressor> regressors = new ArrayList<>();
    for (String name : NAMES) {
      if (filled.containsKey(name)) {
        double[] cut = Arrays.copyOfRange(filled.get(name), first, whole.length());
        boolean log = Arrays.stream(cut).allMatch(value -> value > 0);
        regressors.add(new Regressor(name, cut, log, false));
      }
    }
    int origins =
        regressors.isEmpty()
            ? 0
            : Math.min(MOST_ORIGINS, (series.length() - series.season()) / horizon);
    return new KnownRegressors(
        series, Ablation.of(series, regressors, horizon, origins), origins, absent);
  }

  private static double[] fill(Series series, NavigableMap<LocalDate, Double> values) {
    double[] filled = new double[series.length()];
    int since = LONGEST_GAP + 1;
    for (int i = 0; i < filled.length; i++) {
      Double value = values.get(series.day(i));
      since = value == null ? since + 1 : 0;
      if (value != null) {
        filled[i] = value;
      } else {
        filled[i] = since > LONGEST_GAP || i == 0 ? Double.NaN : filled[i - 1];
      }
    }
    return filled;
  }

  // The first period from which on every one has a value.
  private static int begin(double[] values) {
    int begin = values.length;
    while (begin > 0 && !Double.isNaN(values[begin - 1])) {
      begin--;
    }
    return begin;
  }

  /** Returns the regression on the regressors that won; empty if none did. */
  public Optional<Regression> regression() {
    return ablation.kept().isEmpty() ? Optional.empty() : Regression.of(series, ablation.kept());
  }

  /** Tells whether a regressor forecasts better than its absence. */
  public boolean keeps(String name) {
    return ablation.kept().stream().anyMatch(regressor -> regressor.name().equals(name));
  }

  /**
   * Returns the mean of what was sold in the periods that are compared; 0 if nothing was.
   *
   * @param horizon how many periods are forecast from each origin
   */
  public double compared(int horizon) {
    int from = Math.max(0, series.length() - origins * horizon);
    return Arrays.stream(series.values(), from, series.length()).average().orElse(0);
  }
}
