package io.autopulse.transform.forecast;

import io.autopulse.domain.calendar.SellingDays;
import io.autopulse.domain.forecast.Series;
import io.autopulse.domain.forecast.combine.FitProgress;
import io.autopulse.domain.forecast.combine.Forecaster;
import io.autopulse.domain.forecast.combine.Recipe;
import io.autopulse.domain.forecast.ledger.AsOf;
import io.autopulse.domain.forecast.ledger.Panel;
import io.autopulse.domain.forecast.ledger.PanelForecast;
import io.autopulse.domain.forecast.ledger.PeriodUnits;
import io.autopulse.domain.forecast.life.KnownModels;
import io.autopulse.domain.forecast.life.KnownVehicle;
import io.autopulse.transform.calendar.CountryHolidays;
import io.autopulse.transform.record.RunProgress;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Units by dimension, member and period in; the forecasts of each dimension out. Bounded, global
 * window. What is known of vehicles is a side input: launches and ends of models. One element is
 * all series of one dimension: siblings that learn from each other are always in the same element,
 * so neither bundles nor parallelism nor the order of arrival change a number, and a retry gives
 * the same forecasts. Dimensions are forecast side by side.
 */
public final class ForecastSeries
    extends PTransform<PCollection<PeriodUnits>, PCollection<PanelForecast>> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(ForecastSeries.class);

  private static final FitProgress SHOWN =
      new FitProgress() {
        @Override
        public void expected(long fits) {
          RunProgress.fitsExpected(fits);
        }

        @Override
        public void done(long fits) {
          RunProgress.fits(fits);
        }
      };

  private final AsOf asOf;
  private final int season;
  private final int horizon;
  private final int windows;
  private final @Nullable String country;
  private final MoreMethods more;
  private final PCollectionView<Iterable<KnownVehicle>> vehicles;

  private ForecastSeries(
      AsOf asOf,
      int season,
      int horizon,
      int windows,
      @Nullable String country,
      MoreMethods more,
      PCollectionView<Iterable<KnownVehicle>> vehicles) {
    this.asOf = asOf;
    this.season = season;
    this.horizon = horizon;
    this.windows = windows;
    this.country = country;
    this.more = more;
    this.vehicles = vehicles;
  }

  /**
   * Returns the transform.
   *
   * @param asOf units of later periods are ignored
   * @param season how many periods make a season
   * @param horizon how many periods are forecast
   * @param windows how many windows of the past the methods are compared in
   * @param country whose holidays are no selling days; empty for none
   * @param more the methods that join the recipe
   * @param vehicles what is known of vehicles
   */
  public static ForecastSeries of(
      AsOf asOf,
      int season,
      int horizon,
      int windows,
      Optional<String> country,
      MoreMethods more,
      PCollectionView<Iterable<KnownVehicle>> vehicles) {
    return new ForecastSeries(asOf, season, horizon, windows, country.orElse(null), more, vehicles);
  }

  /**
   * Returns the standard recipe.
   *
   * @param windows how many windows of the past the methods are compared in
   * @param country whose holidays are no selling days; empty for none
   */
  public static Recipe recipe(int windows, Optional<String> country) {
    Recipe recipe = Recipe.standard().withWindows(windows);
    return country
        .map(code -> recipe.withSellingDays(SellingDays.of(CountryHolidays.of(code))))
        .orElse(recipe);
  }

  @Override
  public PCollection<PanelForecast> expand(PCollection<PeriodUnits> units) {
    return units
        .apply(
            "Key by dimension",
            WithKeys.of(PeriodUnits::dimension).withKeyType(TypeDescriptors.strings()))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), TextsCoder.ofUnits()))
        .apply("Group by dimension", GroupByKey.create())
        .apply(
            "Forecast",
            ParDo.of(new ForecastFn(asOf, season, horizon, windows, country, more, vehicles))
                .withSideInputs(vehicles))
        .setCoder(new PanelForecastCoder());
  }

  static final class ForecastFn extends DoFn<KV<String, Iterable<PeriodUnits>>, PanelForecast> {
    private static final long serialVersionUID = 1L;
    private final AsOf asOf;
    private final int season;
    private final int horizon;
    private final int windows;
    private final @Nullable String country;
    private final MoreMethods more;
    private final PCollectionView<Iterable<KnownVehicle>> vehicleView;

    ForecastFn(
        AsOf asOf,
        int season,
        int horizon,
        int windows,
        @Nullable String country,
        MoreMethods more,
        PCollectionView<Iterable<KnownVehicle>> vehicleView) {
      this.asOf = asOf;
      this.season = season;
      this.horizon = horizon;
      this.windows = windows;
      this.country = country;
      this.more = more;
      this.vehicleView = vehicleView;
    }

    @ProcessElement
    public void forecast(
        @Element KV<String, Iterable<PeriodUnits>> dimension,
        ProcessContext context,
        OutputReceiver<PanelForecast> out) {
      List<Series> panel = Panel.of(dimension.getValue(), asOf, season);
      String prefix = dimension.getKey() + "/";
      more.missing(panel, prefix, horizon).ifPresent(LOG::warn);
      out.output(
          PanelForecast.of(
              new Forecaster(
                  more.addTo(recipe(windows, Optional.ofNullable(country)), panel, prefix), SHOWN),
              dimension.getKey(),
              panel,
              KnownModels.of(context.sideInput(vehicleView)),
              horizon));
    }
  }
}
