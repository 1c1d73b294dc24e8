package io.autopulse.transform.forecast.boost;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import io.autopulse.domain.calendar.SellingDays;
import io.autopulse.domain.calendar.Step;
import io.autopulse.domain.forecast.Series;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GradientBoostingTest {
  private static final LocalDate MONDAY = LocalDate.of(2023, 1, 2);
  private static final int HORIZON = 4;

  private final GradientBoosting boosting =
      new GradientBoosting(SellingDays.of(year -> Set.of(LocalDate.of(year, 5, 1))));

  @Test
  void seasonThatAllSeriesShareIsLearned() {
    List<Series> whole = panel(24, 150);
    List<Series> known = whole.stream().map(series -> series.first(150 - HORIZON)).toList();
    assertThat(boosting.fits(known), is(true));
    double[][] forecasts = boosting.forecast(known, HORIZON);
    double error = 0;
    double carried = 0;
    for (int i = 0; i < forecasts.length; i++) {
      for (int h = 0; h < HORIZON; h++) {
        double actual = whole.get(i).values()[150 - HORIZON + h];
        error += Math.abs(forecasts[i][h] - actual);
        carried += Math.abs(GradientBoosting.lastPeriods(known.get(i), 1)[0] - actual);
      }
    }
    assertThat(error, is(lessThan(0.7 * carried)));
  }

  @Test
  void librariesAreNotUnpackedWhereOtherProcessesUnpackThem() throws IOException {
    long started = ManagementFactory.getRuntimeMXBean().getStartTime();
    assertThat(boosting.fits(panel(24, 150)), is(true));
    List<Path> unpacked = new ArrayList<>();
    Path shared = Path.of(System.getProperty("java.io.tmpdir"));
    try (DirectoryStream<Path> files = Files.newDirectoryStream(shared, "lib_lightgbm*")) {
      for (Path file : files) {
        if (Files.getLastModifiedTime(file).toMillis() >= started) {
          unpacked.add(file);
        }
      }
    }
    assertThat(unpacked, is(empty()));
  }

  @Test
  void sameSeriesInAnyOrderHaveTheSameForecasts() {
    List<Series> panel = panel(20, 110);
    List<Series> reversed = new ArrayList<>(panel);
    Collections.reverse(reversed);
    double[][] forecasts = boosting.forecast(panel, 2);
    double[][] others = boosting.forecast(reversed, 2);
    for (int i = 0; i < 20; i++) {
      assertThat(others[19 - i], is(forecasts[i]));
    }
    assertThat("again", boosting.forecast(panel, 2), is(forecasts));
  }

  @Test
  void smallPanelHasTheMeanOfItsLastPeriods() {
    double[] values = {100, 1, 2, 3, 4, 5, 6, 7, 8};
    List<Series> one = List.of(new Series("a", Step.WEEK, MONDAY, 52, values));
    assertThat(boosting.fits(one), is(false));
    assertThat(boosting.forecast(one, 2), is(new double[][] {{4.5, 4.5}}));
    assertThat("few periods", boosting.fits(panel(20, 99)), is(false));
    assertThat("few series", boosting.fits(panel(19, 200)), is(false));
    assertThat(boosting.forecast(List.of(), 2).length, is(0));
  }

  @Test
  void seriesWithoutSalesOrPastAreForecastAsNothing() {
    List<Series> panel = new ArrayList<>(panel(20, 110));
    panel.add(new Series("empty", Step.WEEK, MONDAY, 52, new double[0]));
    panel.add(new Series("over", Step.WEEK, MONDAY, 52, new double[80]));
    panel.add(new Series("new", Step.WEEK, MONDAY, 52, new double[] {3}));
    double[][] forecasts = boosting.forecast(panel, 3);
    assertThat(forecasts[20], is(new double[3]));
    assertThat(forecasts[21], is(new double[3]));
    for (double[] forecast : forecasts) {
      for (double value : forecast) {
        assertThat(Double.isFinite(value) && value >= 0, is(true));
      }
    }
  }

  @Test
  void numberedAndMonthlyPanelsAreForecastToo() {
    List<Series> numbered =
        panel(20, 110).stream()
            .map(s -> new Series(s.key(), Step.NUMBERED, LocalDate.EPOCH, 1, s.values()))
            .toList();
    List<Series> monthly =
        panel(20, 110).stream()
            .map(s -> new Series(s.key(), Step.MONTH, LocalDate.of(2010, 1, 1), 12, s.values()))
            .toList();
    for (List<Series> panel : List.of(numbered, monthly)) {
      for (double[] forecast : new GradientBoosting(null).forecast(panel, 18)) {
        assertThat(Arrays.stream(forecast).allMatch(Double::isFinite), is(true));
      }
    }
  }

  @Test
  void withoutItsNativeLibraryForecastsGoOn() {
    Engine absent =
        new Engine() {
          @Override
          public void load() {
            throw new UnsatisfiedLinkError("libgomp.so.1: cannot open shared object file");
          }

          @Override
          public double[] fitAndPredict(Rows training, float[] targets, Rows wanted, int rounds) {
            throw new AssertionError("not loaded");
          }
        };
    GradientBoosting without = new GradientBoosting(null, absent);
    List<Series> panel = panel(20, 110);
    assertThat(without.fits(panel), is(false));
    assertThat(without.forecast(panel, 1)[3], is(GradientBoosting.lastPeriods(panel.get(3), 1)));
  }

  @Test
  void trainingThatFailsFailsNoForecast() {
    Engine failing =
        new Engine() {
          @Override
          public void load() {}

          @Override
          public double[] fitAndPredict(Rows training, float[] targets, Rows wanted, int rounds) {
            throw new IllegalStateException("LightGBM: out of memory");
          }
        };
    List<Series> panel = panel(20, 110);
    assertThat(
        new GradientBoosting(null, failing).forecast(panel, 1)[3],
        is(GradientBoosting.lastPeriods(panel.get(3), 1)));
  }

  @Test
  void featuresOfAnOriginSeeNothingLater() {
    Series whole = panel(1, 150).get(0);
    Windows windows = Windows.of(52);
    float[] calendar = new CalendarFeatures(null, 160).of(whole);
    SeriesFeatures then = new SeriesFeatures(whole.first(120), windows, calendar);
    SeriesFeatures now = new SeriesFeatures(whole, windows, calendar);
    assertThat(row(now, windows, 120, 7), is(row(then, windows, 120, 7)));
    assertThat(now.scale(120), is(then.scale(120)));
  }

  @Test
  void featuresAreRelativeToTheMeanOfTheLastSeason() {
    double[] values = new double[60];
    Arrays.fill(values, 0, 8, 10);
    Arrays.fill(values, 8, 60, 4);
    values[59] = 8;
    values[10] = 0;
    Windows windows = Windows.of(52);
    Series series = new Series("a", Step.WEEK, MONDAY, 52, values);
    float[] calendar = new CalendarFeatures(null, 64).of(series);
    SeriesFeatures features = new SeriesFeatures(series, windows, calendar);
    assertThat("51 x 4 + 8 - 4", features.scale(60), is(4.0));
    float[] row = row(features, windows, 60, 3);
    assertThat("lag 1", row[0], is(2f));
    assertThat("lag 2", row[1], is(1f));
    assertThat("mean of 4", row[7], is(1.25f));
    int target = SeriesFeatures.originWidth(windows);
    assertThat("ahead", row[target], is(3f));
    assertThat("a season before", row[target + 1], is(0f));
    assertThat("around it", row[target + 2], is(0.8f));
    assertThat("two seasons before", Float.isNaN(row[target + 3]), is(true));
  }

  @Test
  void sampleTakesItsShareOfTheRows() {
    int taken = 0;
    for (int i = 0; i < 100; i++) {
      for (int origin = 0; origin < 100; origin++) {
        taken += Sample.takes(i, origin, 1, 0.3) ? 1 : 0;
      }
    }
    assertThat((double) taken, is(closeTo(3000, 150)));
    assertThat(Sample.takes(1, 2, 3, 1), is(true));
    assertThat(Sample.takes(1, 2, 3, 0), is(false));
  }

  private static float[] row(SeriesFeatures features, Windows windows, int origin, int ahead) {
    float[] row = new float[SeriesFeatures.width(windows)];
    double scale = features.scale(origin);
    features.writeOrigin(origin, scale, row, 0);
    features.writeTarget(origin, ahead, scale, row, SeriesFeatures.originWidth(windows));
    return row;
  }

  /** Series of different size with one season, and noise of their own. */
  private static List<Series> panel(int count, int length) {
    Random random = new Random(11);
    List<Series> panel = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double[] values = new double[length];
      for (int t = 0; t < length; t++) {
        double season = 1 + 0.6 * Math.sin(2 * Math.PI * t / 52.0);
        values[t] = Math.max(0, (5 + 3 * i) * (season + 0.05 * random.nextGaussian()));
      }
      panel.add(new Series("series " + i, Step.WEEK, MONDAY, 52, values));
    }
    return panel;
  }
}
