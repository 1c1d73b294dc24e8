package io.autopulse.cli.forecast;

import io.autopulse.domain.calendar.SellingDays;
import io.autopulse.domain.calendar.Step;
import io.autopulse.domain.forecast.MemberForecast;
import io.autopulse.domain.forecast.Series;
import io.autopulse.domain.forecast.combine.Forecaster;
import io.autopulse.domain.forecast.combine.Recipe;
import io.autopulse.domain.problem.InputException;
import io.autopulse.pipeline.yaml.Scalars;
import io.autopulse.transform.calendar.CountryHolidays;
import io.autopulse.transform.forecast.MoreMethods;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Forecasts the series of a CSV file by the code that forecasts the warehouse, so that anyone can
 * check it on a public data set: what comes next, or how well past forecasts would have done.
 */
public final class CsvForecast {
  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description = "Forecast the series of this file: one row a series and period.")
  private @Nullable Path csv;

  @Option(
      names = "--period",
      paramLabel = "STEP",
      converter = PeriodStep.class,
      description =
          "With --csv: how long a period is: day, week, month, quarter, year, or number for periods that are only numbered.")
  private @Nullable Step period;

  @Option(
      names = "--season",
      paramLabel = "N",
      description =
          "With --csv: how many periods make a season; 1 for none (default: a year of weeks, months or quarters, 7 days, else 1).")
  private int season;

  @Option(
      names = "--origins",
      paramLabel = "K",
      description =
          "With --csv: instead of what comes next, forecast from the last K origins that have a whole horizon of known values after them, and measure.")
  private int origins;

  @Option(
      names = "--step",
      paramLabel = "S",
      defaultValue = "1",
      description = "With --origins: how many periods they lie apart (default: 1).")
  private int step;

  @Option(
      names = "--actuals",
      paramLabel = "FILE",
      description =
          "With --csv: measure the forecasts by the values of this file, which has the same columns.")
  private @Nullable Path actuals;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "With --csv: write the forecasts to this CSV file.")
  private @Nullable Path output;

  @Option(
      names = "--charset",
      paramLabel = "NAME",
      defaultValue = "UTF-8",
      description = "With --csv: how the file is encoded, such as ISO-8859-1 (default: UTF-8).")
  private String charset = "UTF-8";

  @Option(
      names = "--series",
      paramLabel = "COLUMN",
      defaultValue = "",
      description =
          "With --csv: the column that names the series, several joined by +, or - if the file has one series (default: series, unique_id, id, key or item).")
  private String seriesColumn = "";

  @Option(
      names = "--period-column",
      paramLabel = "COLUMN",
      defaultValue = "",
      description =
          "With --csv: the column of periods, or several such as Year+Month (default: period, ds, date, day, week, month, quarter, year or number).")
  private String periodColumn = "";

  @Option(
      names = "--value",
      paramLabel = "COLUMN",
      defaultValue = "",
      description =
          "With --csv: the column of values (default: value, y, units, quantity, sales or units_sold).")
  private String valueColumn = "";

  @Option(
      names = "--group",
      paramLabel = "TEXT",
      defaultValue = "",
      description =
          "With --csv: show accuracy by group, too: what the name of a series has before this text.")
  private String group = "";

  @Option(
      names = "--missing",
      paramLabel = "HOW",
      defaultValue = "error",
      description =
          "With --csv: periods without a row are an error, zero (up to the last period of the file), or the series is left out: error, zero or skip (default: error).")
  private Missing missing = Missing.ERROR;

  @Option(
      names = "--scale-season",
      paramLabel = "N",
      description =
          "With --csv: the season of the scale of MASE and MSIS and of naive 2 (default: --season); M4 has 1 for weeks.")
  private int scaleSeason;

  @Option(
      names = "--country",
      paramLabel = "CC",
      defaultValue = "",
      description =
          "With --csv: the country or region whose selling days count, such as no or de-by (default: none).")
  private String country = "";

  @Option(
      names = "--windows",
      paramLabel = "N",
      description = "With --csv: how many windows the backtest has, at least 3 (default: 8).")
  private int windows;

  @Option(
      names = "--boosting",
      description =
          "With --csv: gradient boosting joins the methods, if there are 20 series and 2,000 periods.")
  private boolean boosting;

  @Option(
      names = "--method-file",
      paramLabel = "FILE",
      description =
          "With --csv: forecasts of another tool join the methods: a CSV file with the columns series, origin, period and value.")
  private @Nullable Path methodFile;

  /** Tells whether a file is to be forecast. */
  public boolean isAsked() {
    return csv != null;
  }

  /**
   * Forecasts the file.
   *
   * @param horizon how many periods are forecast
   * @param out takes the accuracy, or the forecasts
   * @param err takes the progress
   * @throws InputException when the call or the file cannot be used
   */
  public void run(int horizon, PrintWriter out, PrintWriter err) {
    Step length = period == null ? missingPeriod() : period;
    check(horizon);
    Path file = Objects.requireNonNull(csv);
    int cycle = season > 0 ? season : usualSeason(length);
    CsvPanel.Reading reading =
        new CsvPanel.Reading(
            length, cycle, seriesColumn, periodColumn, valueColumn, missing, charset());
    CsvPanel panel = CsvPanel.read(file, reading);
    Progress progress = new Progress(err, panel, origins);
    Recipe recipe = Recipe.standard();
    if (windows > 0) {
      recipe = recipe.withWindows(windows);
    }
    if (!country.isEmpty()) {
      recipe = recipe.withSellingDays(SellingDays.of(holidays()));
    }
    MoreMethods more = MoreMethods.of(boosting, Optional.ofNullable(methodFile));
    if (origins == 0) {
      more.missing(panel.series(), "", horizon).ifPresent(err::println);
    }
    Forecaster forecaster = new Forecaster(more.addTo(recipe, panel.series(), ""));
    AccuracyTable table = new AccuracyTable(scaleSeason > 0 ? scaleSeason : cycle);
    Measured measured = new Measured(table, group);
    try (ForecastFile written = output == null ? null : new ForecastFile(output)) {
      if (origins > 0) {
        roll(panel, horizon, forecaster, measured, written, progress);
      } else {
        Map<String, Series> later =
            actuals == null ? Map.of() : byKey(CsvPanel.read(actuals, reading));
        List<MemberForecast> forecasts = forecaster.forecast(panel.series(), horizon);
        for (int i = 0; i < forecasts.size(); i++) {
          Series series = panel.series().get(i);
          double[] actual = after(series, later.get(series.key()), horizon);
          measured.add(series, forecasts.get(i), actual, written);
        }
      }
    }
    progress.end();
    measured.print(out, panel.series().size());
  }

  private void check(int horizon) {
    if (horizon < 1) {
      throw new InputException("--horizon", "must be 1 or more", "");
    }
    if (season < 0 || origins < 0 || step < 1 || scaleSeason < 0) {
      throw new InputException(
          "", "--season, --origins, --step and --scale-season must be 1 or more", "");
    }
    if (windows != 0 && windows < 3) {
      throw new InputException("--windows", "must be 3 or more, not " + windows, "");
    }
    if (origins > 0 && actuals != null) {
      throw new InputException(
          "--origins",
          "and --actuals cannot both be given: origins are measured by the file itself",
          "Leave one of them out");
    }
  }

  private Charset charset() {
    try {
      return Scalars.charset().apply(charset);
    } catch (InputException e) {
      throw e.at("--charset");
    }
  }

  private CountryHolidays holidays() {
    try {
      return CountryHolidays.of(country);
    } catch (InputException e) {
      throw e.at("--country");
    }
  }

  private static Step missingPeriod() {
    throw new InputException(
        "--period",
        "is needed with --csv",
        "Say how long a period is: day, week, month, quarter, year or number");
  }

  private static int usualSeason(Step step) {
    return switch (step) {
      case DAY -> 7;
      case WEEK -> 52;
      case MONTH -> 12;
      case QUARTER -> 4;
      case YEAR, NUMBERED -> 1;
    };
  }

  private void roll(
      CsvPanel panel,
      int horizon,
      Forecaster forecaster,
      Measured measured,
      @Nullable ForecastFile written,
      Progress progress) {
    List<Integer> shifts =
        IntStream.range(0, origins).map(k -> horizon + k * step).boxed().toList();
    int longest = panel.series().stream().mapToInt(Series::length).max().orElse(0);
    int first = shifts.get(shifts.size() - 1);
    if (longest <= first) {
      throw new InputException(
          "--origins",
          String.format(
              Locale.ROOT,
              "%d origins %d apart with a horizon of %d need more than %d periods; the longest series has %d",
              origins,
              step,
              horizon,
              first,
              longest),
          "Ask for fewer");
    }
    forecaster.roll(
        panel.series(),
        horizon,
        shifts,
        (shift, forecasts) -> {
          for (int i = 0; i < forecasts.size(); i++) {
            Series series = panel.series().get(i);
            int known = series.length() - shift;
            if (known > 0) {
              double[] actual = Arrays.copyOfRange(series.values(), known, known + horizon);
              measured.add(series.first(known), forecasts.get(i), actual, written);
            }
          }
          progress.origin();
        });
  }

  private static Map<String, Series> byKey(CsvPanel panel) {
    Map<String, Series> byKey = new HashMap<>();
    panel.series().forEach(series -> byKey.put(series.key(), series));
    return byKey;
  }

  // What a file says of the periods that follow a series.
  private static double[] after(Series series, @Nullable Series later, int horizon) {
    if (later == null) {
      return new double[0];
    }
    LocalDate next = series.day(series.length());
    long skip = PeriodText.between(later.start(), next, series.step());
    if (skip < 0) {
      throw new InputException(
          "--actuals",
          "series "
              + series.key()
              + " goes on with "
              + PeriodText.format(next, series.step())
              + ", but its actuals begin with "
              + PeriodText.format(later.start(), series.step()),
          "Give the actuals of the periods that follow");
    }
    int from = (int) Math.min(skip, later.length());
    return Arrays.copyOfRange(later.values(), from, Math.min(later.length(), from + horizon));
  }

  /** Takes forecasts and what came of them. */
  private static final class Measured {
    private final AccuracyTable table;
    private final String group;
    private final Map<String, Integer> methods = new TreeMap<>();
    private int measured;
    private int unmeasured;

    Measured(AccuracyTable table, String group) {
      this.table = table;
      this.group = group;
    }

    void add(
        Series known, MemberForecast forecast, double[] actual, @Nullable ForecastFile written) {
      int end = group.isEmpty() ? -1 : known.key().indexOf(group);
      methods.merge(forecast.method(), 1, Integer::sum);
      if (actual.length > 0) {
        measured++;
        table.add(end < 0 ? "" : known.key().substring(0, end), known.values(), actual, forecast);
      } else {
        unmeasured++;
      }
      if (written != null) {
        written.write(known, forecast, actual);
      }
    }

    void print(PrintWriter out, int series) {
      out.printf(Locale.ROOT, "%,d series; published: %s%n", series, methods);
      if (measured > 0) {
        out.print(table.render());
        if (table.unscaled() > 0) {
          out.printf(
              Locale.ROOT,
              "%,d forecasts of a constant history have no scale: they are in sMAPE, WAPE and the coverage alone.%n",
              table.unscaled());
        }
        if (unmeasured > 0) {
          out.printf(
              Locale.ROOT, "%,d forecasts have no actuals and are not measured.%n", unmeasured);
        }
      }
      out.flush();
    }
  }
}
