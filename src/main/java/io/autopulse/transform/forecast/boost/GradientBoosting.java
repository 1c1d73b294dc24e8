package io.autopulse.transform.forecast.boost;

import io.autopulse.domain.calendar.SellingDays;
import io.autopulse.domain.forecast.GlobalMethod;
import io.autopulse.domain.forecast.Series;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One model of gradient boosted trees for all series of a panel, which are divided by their own
 * means. It forecasts each period of the horizon directly: the model knows how far ahead a target
 * is. It trains on every period of the last seasons, or on a sample of {@link #MOST_ROWS} of them
 * that depends on the panel alone, by one thread and a fixed seed.
 *
 * <p>It is for networks with many series: {@link #fits} says whether a panel is one. What it cannot
 * forecast, because the panel is too small or the native library (which needs libgomp) is not
 * there, is the mean of the last periods; a missing library is reported once. Threads may share it.
 */
public final class GradientBoosting implements GlobalMethod {
  /** How many series a panel has at least. */
  public static final int FEWEST_SERIES = 20;

  /** How many periods all series of a panel have together at least. */
  public static final int FEWEST_PERIODS = 2_000;

  /** On how many rows it trains at most. */
  public static final int MOST_ROWS = 120_000;

  private static final Logger LOG = LoggerFactory.getLogger(GradientBoosting.class);
  private static final AtomicBoolean REPORTED = new AtomicBoolean();
  private static final int ROUNDS = 100;
  private static final int SEASONS = 4;
  private static final int FEWEST_ORIGINS = 60;
  private static final double LARGEST_TARGET = 50;

  private final @Nullable SellingDays days;
  private final Engine engine;

  /**
   * Makes the method.
   *
   * @param days the selling days, if a calendar of trade is known
   */
  public GradientBoosting(@Nullable SellingDays days) {
    this(days, new LightGbm());
  }

  GradientBoosting(@Nullable SellingDays days, Engine engine) {
    this.days = days;
    this.engine = engine;
  }

  @Override
  public String name() {
    return "gradient_boosting";
  }

  /**
   * Returns whether it can learn from a panel: it has enough series and periods, and the native
   * library loads.
   *
   * @param panel the series
   */
  public boolean fits(List<Series> panel) {
    return isLarge(panel) && loads();
  }

  private static boolean isLarge(List<Series> panel) {
    return panel.size() >= FEWEST_SERIES
        && panel.stream().mapToLong(Series::length).sum() >= FEWEST_PERIODS;
  }

  private boolean loads() {
    try {
      engine.load();
      return true;
    } catch (LinkageError e) {
      report("its native library does not load (on Linux it needs libgomp1): " + e.getMessage());
      return false;
    }
  }

  private static void report(String reason) {
    if (REPORTED.compareAndSet(false, true)) {
      LOG.warn("Forecasts go on without gradient boosting: {}", reason);
    }
  }

  @Override
  public double[][] forecast(List<Series> panel, int horizon) {
    double[][] forecasts = new double[panel.size()][];
    for (int i = 0; i < forecasts.length; i++) {
      forecasts[i] = lastPeriods(panel.get(i), horizon);
    }
    if (fits(panel)) {
      Boosted boosted = new Boosted(panel, horizon);
      if (boosted.targets.length > 0) {
        boosted.write(forecasts);
      }
    }
    return forecasts;
  }

  static double[] lastPeriods(Series series, int horizon) {
    int window = Math.min(Windows.of(series.season()).means()[1], series.length());
    double mean =
        Arrays.stream(series.values(), series.length() - window, series.length())
            .average()
            .orElse(0);
    double[] forecast = new double[horizon];
    Arrays.fill(forecast, mean);
    return forecast;
  }

  /** A panel's rows: those it trains on, and those it asks for. */
  private final class Boosted {
    private final int horizon;
    private final Windows windows;
    private final SeriesFeatures[] features;
    private final int[] lengths;
    private final int[] hashes;
    private final Integer[] order;
    private final Rows training;
    private final float[] targets;

    Boosted(List<Series> panel, int horizon) {
      this.horizon = horizon;
      this.windows = Windows.of(panel.get(0).season());
      lengths = panel.stream().mapToInt(Series::length).toArray();
      hashes = panel.stream().mapToInt(series -> series.key().hashCode()).toArray();
      CalendarFeatures calendar =
          new CalendarFeatures(days, Arrays.stream(lengths).max().orElse(0) + horizon);
      features =
          panel.stream()
              .map(series -> new SeriesFeatures(series, windows, calendar.of(series)))
              .toArray(SeriesFeatures[]::new);
      order = IntStream.range(0, lengths.length).boxed().toArray(Integer[]::new);
      Arrays.sort(order, Comparator.comparing(i -> panel.get(i).key()));
      double share = MOST_ROWS / (double) Math.max(1, candidates());
      int expected = (int) Math.min(candidates(), MOST_ROWS + MOST_ROWS / 20);
      training = new Rows(SeriesFeatures.width(windows), expected);
      targets = collect(share, expected);
    }

    private int firstOrigin(int series) {
      int origins = Math.max(SEASONS * windows.season(), FEWEST_ORIGINS);
      return Math.max(windows.shortest(), lengths[series] - origins);
    }

    private long candidates() {
      long count = 0;
      for (int i = 0; i < lengths.length; i++) {
        for (int origin = firstOrigin(i); origin < lengths[i]; origin++) {
          count += Math.min(horizon, lengths[i] - origin);
        }
      }
      return count;
    }

    private float[] collect(double share, int expected) {
      float[] collected = new float[expected];
      int count = 0;
      int originWidth = SeriesFeatures.originWidth(windows);
      float[] known = new float[originWidth];
      for (int i : order) {
        for (int origin = firstOrigin(i); origin < lengths[i]; origin++) {
          double scale = features[i].scale(origin);
          boolean written = false;
          for (int ahead = 1; scale > 0 && ahead <= horizon; ahead++) {
            int period = origin + ahead - 1;
            if (period >= lengths[i] || !Sample.takes(hashes[i], origin, ahead, share)) {
              continue;
            }
            if (!written) {
              features[i].writeOrigin(origin, scale, known, 0);
              written = true;
            }
            int begin = training.add();
            System.arraycopy(known, 0, training.buffer(), begin, originWidth);
            features[i].writeTarget(origin, ahead, scale, training.buffer(), begin + originWidth);
            if (count == collected.length) {
              collected = Arrays.copyOf(collected, count + count / 2 + 16);
            }
            collected[count++] =
                (float) Math.min(LARGEST_TARGET, features[i].target(period, scale));
          }
        }
      }
      return Arrays.copyOf(collected, count);
    }

    void write(double[][] forecasts) {
      Rows wanted = new Rows(training.width(), forecasts.length * horizon);
      int originWidth = SeriesFeatures.originWidth(windows);
      for (int i : order) {
        double scale = features[i].scale(lengths[i]);
        for (int ahead = 1; scale > 0 && ahead <= horizon; ahead++) {
          int begin = wanted.add();
          features[i].writeOrigin(lengths[i], scale, wanted.buffer(), begin);
          features[i].writeTarget(lengths[i], ahead, scale, wanted.buffer(), begin + originWidth);
        }
      }
      double[] predicted;
      try {
        predicted = engine.fitAndPredict(training, targets, wanted, ROUNDS);
      } catch (IllegalStateException e) {
        report(String.valueOf(e.getMessage()));
        return;
      }
      int row = 0;
      for (int i : order) {
        double scale = features[i].scale(lengths[i]);
        for (int ahead = 1; scale > 0 && ahead <= horizon; ahead++) {
          double value = Math.max(0, predicted[row++] * scale);
          if (Double.isFinite(value)) {
            forecasts[i][ahead - 1] = value;
          }
        }
      }
    }
  }
}
