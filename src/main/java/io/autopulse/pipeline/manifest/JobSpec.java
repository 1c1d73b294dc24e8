package io.autopulse.pipeline.manifest;

import io.autopulse.domain.calendar.Step;
import io.autopulse.domain.feed.Feed;
import io.autopulse.domain.kpi.Dimension;
import io.autopulse.domain.kpi.Dimension.Attribute;
import io.autopulse.domain.market.MarketNames;
import io.autopulse.pipeline.yaml.Scalars;
import io.autopulse.pipeline.yaml.Section;
import io.autopulse.transform.calendar.CountryHolidays;
import io.autopulse.transform.forecast.FileMethod;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a manifest says of its kind of job alone. Where kinds differ in more than data, a switch
 * over {@link Kind} decides.
 */
public sealed interface JobSpec {
  /** The kinds of jobs. */
  enum Kind {
    /** Reads sales that have an end, and publishes them with their KPIs. */
    REFRESH,
    /** Reads market feeds that have an end. */
    MARKET,
    /** Computes weekly trend features of what the warehouse holds. */
    TRENDS,
    /** Forecasts the weeks or months that follow what the warehouse knew on a date. */
    FORECAST,
    /** Follows sales, perhaps with market feeds beside them for trends. */
    LIVE_SALES,
    /** Follows market feeds. */
    LIVE_MARKET
  }

  /**
   * Returns what reads the specs of the kinds that read nothing but the warehouse, by the section
   * of a manifest that makes it one of them.
   */
  static Map<String, Function<Section, JobSpec>> ofTheWarehouse() {
    return Map.of("forecast", Forecast::read);
  }

  /** What manifests of jobs that read nothing but the warehouse have not. */
  List<String> KEYS_OF_FEEDS =
      List.of("feeds", "mappings", "kpis", "trends", "live", "lookback", "max_ahead");

  /** Returns the kind. */
  Kind kind();

  /** Returns whether such a job reads these feeds; if not said otherwise, it reads none. */
  default boolean reads(Set<Feed> feeds) {
    return feeds.isEmpty();
  }

  /** Returns how it follows its feeds; empty for a job that ends. */
  default Optional<LiveSpec> liveSpec() {
    return Optional.empty();
  }

  /** Returns which KPIs of sales are computed; empty for a job that computes none. */
  default Optional<KpiSpec> kpiSpec() {
    return Optional.empty();
  }

  /** Returns which trend features are computed; empty for a job that computes none. */
  default Optional<TrendSpec> trendSpec() {
    return Optional.empty();
  }

  /** Returns how names of market feeds are mapped to our members; none for a job without them. */
  default MarketNames names() {
    return MarketNames.NONE;
  }

  /** Returns what a plan says of it, by name, beside what jobs of every kind have. */
  default Map<String, String> plan() {
    return Map.of();
  }

  /**
   * Of a job that refreshes sales and their KPIs.
   *
   * @param lookback how far back a run without dates goes
   * @param kpis which KPIs are computed
   */
  record Refresh(Lookback lookback, KpiSpec kpis) implements JobSpec {
    @Override
    public boolean reads(Set<Feed> feeds) {
      return feeds.contains(Feed.SALES) && Feed.OF_REFRESH.containsAll(feeds);
    }

    @Override
    public Optional<KpiSpec> kpiSpec() {
      return Optional.of(kpis);
    }

    @Override
    public Kind kind() {
      return Kind.REFRESH;
    }
  }

  /**
   * Of a job that merges what market feeds hold.
   *
   * @param mappings how their names are mapped to our members
   */
  record Market(MarketNames mappings) implements JobSpec {
    @Override
    public boolean reads(Set<Feed> feeds) {
      return !feeds.isEmpty() && Feed.OF_MARKET.containsAll(feeds);
    }

    @Override
    public MarketNames names() {
      return mappings;
    }

    @Override
    public Kind kind() {
      return Kind.MARKET;
    }
  }

  /**
   * Of a job that computes trend features of what the warehouse holds.
   *
   * @param lookback how far back a run without dates goes
   * @param trends which features
   */
  record Trends(Lookback lookback, TrendSpec trends) implements JobSpec {
    @Override
    public Optional<TrendSpec> trendSpec() {
      return Optional.of(trends);
    }

    @Override
    public Kind kind() {
      return Kind.TRENDS;
    }
  }

  /**
   * Of a job that forecasts what the warehouse holds.
   *
   * @param horizon how many periods are forecast, from 1 to {@value #MOST_PERIODS}
   * @param grain {@link Step#WEEK} or {@link Step#MONTH}
   * @param dimensions whose members are forecast, each once; the total is among them
   * @param season how many periods make a season; 1 for none
   * @param history how far back sales are looked at, before the first period that is forecast
   * @param asOf the last date whose knowledge is used; empty for the last one that is over
   * @param country whose holidays are no selling days, such as {@code fr} or {@code de-by}; empty
   *     for a forecast that does not look at selling days
   * @param windows how many windows of the past the methods are compared in, at least 3
   * @param boosting whether gradient boosting joins the methods where a dimension is large enough
   * @param methodsFile a file of another tool's forecasts, which join the methods
   */
  record Forecast(
      int horizon,
      Step grain,
      List<Dimension> dimensions,
      int season,
      Lookback history,
      Optional<LocalDate> asOf,
      Optional<String> country,
      int windows,
      boolean boosting,
      Optional<Path> methodsFile)
      implements JobSpec {
    /** Two years of weeks: further ahead nobody plans by the week. */
    public static final int MOST_PERIODS = 104;

    /** What people plan by. */
    private static final List<Dimension> USUAL =
        List.of(
            Dimension.TOTAL,
            Dimension.of(Attribute.REGION),
            Dimension.of(Attribute.POWERTRAIN),
            Dimension.of(Attribute.MODEL),
            Dimension.of(Attribute.DEALER),
            Dimension.of(Attribute.REGION, Attribute.POWERTRAIN),
            Dimension.of(Attribute.REGION, Attribute.MODEL));

    private static final Lookback FIVE_YEARS = Lookback.parse("261w");

    /** Copies the dimensions and checks that the total is among them. */
    public Forecast {
      dimensions = List.copyOf(dimensions);
      if (!dimensions.contains(Dimension.TOTAL)) {
        throw new IllegalArgumentException(
            "dimensions needs total: what the members of the others add up to");
      }
    }

    /** Reads the section. */
    static Forecast read(Section section) {
      var horizon = section.optional("horizon", Scalars.wholeNumber(1, MOST_PERIODS), 13);
      var grain =
          section.optional(
              "grain",
              Scalars.oneOf(
                  "week or month", new TreeMap<>(Map.of("week", Step.WEEK, "month", Step.MONTH))),
              Step.WEEK);
      var dimensions = section.list("dimensions", ManifestReader::dimension, USUAL);
      var season = section.optional("season", Scalars.wholeNumber(1, 366));
      var history = section.optional("history", Lookback::parse, FIVE_YEARS);
      var asOf = section.optional("as_of", Forecast::date);
      var country = section.optional("country", Forecast::country);
      var windows = section.optional("windows", Scalars.wholeNumber(3, 52), 8);
      var boosting =
          section.optional(
              "boosting",
              Scalars.oneOf("true or false", new TreeMap<>(Map.of("true", true, "false", false))),
              false);
      var methodsFile =
          section.optional("methods_file", Scalars.path().andThen(Forecast::readable));
      return new Forecast(
          horizon.get(),
          grain.get(),
          dimensions.get(),
          season.get().orElse(grain.get() == Step.WEEK ? 52 : 12),
          history.get(),
          asOf.get(),
          country.get(),
          windows.get(),
          boosting.get(),
          methodsFile.get());
    }

    private static Path readable(Path file) {
      // Refused here, with its line, before anything is computed.
      FileMethod.read(file, "file");
      return file;
    }

    @Override
    public Map<String, String> plan() {
      Map<String, String> lines = new LinkedHashMap<>();
      lines.put("as of", asOf.map(LocalDate::toString).orElse("the last date that is over"));
      lines.put(
          "forecast",
          "%d periods of a %s, from a history of %s".formatted(horizon, grain, history));
      lines.put(
          "dimensions",
          dimensions.stream().map(Dimension::toString).collect(Collectors.joining(", ")));
      return lines;
    }

    private static String country(String code) {
      // Refused here, with the place in the manifest, rather than by a worker.
      CountryHolidays.of(code);
      return code;
    }

    private static LocalDate date(String text) {
      try {
        return LocalDate.parse(text);
      } catch (DateTimeParseException e) {
        throw Scalars.expected(text, "a date in the form YYYY-MM-DD, such as 2026-11-22");
      }
    }

    @Override
    public Kind kind() {
      return Kind.FORECAST;
    }
  }

  /**
   * Of a job that follows sales.
   *
   * @param refresh what it computes, and what a backfill or a replay of the same sales does
   * @param live how it runs
   * @param trends which trend features it computes; empty for none
   * @param mappings how names of the market feeds that trends need are mapped to our members
   */
  record LiveSales(Refresh refresh, LiveSpec live, Optional<TrendSpec> trends, MarketNames mappings)
      implements JobSpec {
    @Override
    public boolean reads(Set<Feed> feeds) {
      return !feeds.contains(Feed.TARGETS)
          && (trends.isPresent() ? feeds.contains(Feed.SALES) : refresh.reads(feeds));
    }

    @Override
    public Optional<LiveSpec> liveSpec() {
      return Optional.of(live);
    }

    @Override
    public Optional<KpiSpec> kpiSpec() {
      return refresh.kpiSpec();
    }

    @Override
    public Optional<TrendSpec> trendSpec() {
      return trends;
    }

    @Override
    public MarketNames names() {
      return mappings;
    }

    @Override
    public Kind kind() {
      return Kind.LIVE_SALES;
    }
  }

  /**
   * Of a job that follows market feeds.
   *
   * @param market what it computes, and what a replay of the same feeds does
   * @param live how it runs
   */
  record LiveMarket(Market market, LiveSpec live) implements JobSpec {
    @Override
    public boolean reads(Set<Feed> feeds) {
      return market.reads(feeds);
    }

    @Override
    public Optional<LiveSpec> liveSpec() {
      return Optional.of(live);
    }

    @Override
    public MarketNames names() {
      return market.names();
    }

    @Override
    public Kind kind() {
      return Kind.LIVE_MARKET;
    }
  }
}
