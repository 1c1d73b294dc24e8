package io.autopulse.transform.forecast;

import io.autopulse.domain.forecast.MemberForecast;
import io.autopulse.domain.forecast.Series;
import io.autopulse.domain.forecast.ledger.AsOf;
import io.autopulse.domain.forecast.ledger.LedgerRow;
import io.autopulse.domain.forecast.ledger.Panel;
import io.autopulse.domain.forecast.ledger.PeriodUnits;
import java.util.List;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;

/**
 * Units by dimension, member and period in; forecasts of every member out. Bounded, global window.
 * One element is all series of one dimension: siblings that learn from each other are always in the
 * same element, so neither bundles nor parallelism nor the order of arrival change a number, and a
 * retry gives the same rows. Dimensions are forecast side by side.
 */
public final class ForecastSeries
    extends PTransform<PCollection<PeriodUnits>, PCollection<LedgerRow>> {
  private static final long serialVersionUID = 1L;

  private final AsOf asOf;
  private final int season;
  private final int horizon;
  private final PanelForecaster forecaster;

  private ForecastSeries(AsOf asOf, int season, int horizon, PanelForecaster forecaster) {
    this.asOf = asOf;
    this.season = season;
    this.horizon = horizon;
    this.forecaster = forecaster;
  }

  /**
   * Returns the transform.
   *
   * @param asOf units of later periods are ignored
   * @param season how many periods make a season
   * @param horizon how many periods are forecast
   */
  public static ForecastSeries of(AsOf asOf, int season, int horizon, PanelForecaster forecaster) {
    return new ForecastSeries(asOf, season, horizon, forecaster);
  }

  @Override
  public PCollection<LedgerRow> expand(PCollection<PeriodUnits> units) {
    return units
        .apply(
            "Key by dimension",
            WithKeys.of(PeriodUnits::dimension).withKeyType(TypeDescriptors.strings()))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), TextsCoder.ofUnits()))
        .apply("Group by dimension", GroupByKey.create())
        .apply("Forecast", ParDo.of(new ForecastFn(asOf, season, horizon, forecaster)))
        .setCoder(TextsCoder.ofLedgerRows());
  }

  static final class ForecastFn extends DoFn<KV<String, Iterable<PeriodUnits>>, LedgerRow> {
    private static final long serialVersionUID = 1L;
    private final AsOf asOf;
    private final int season;
    private final int horizon;
    private final PanelForecaster forecaster;

    ForecastFn(AsOf asOf, int season, int horizon, PanelForecaster forecaster) {
      this.asOf = asOf;
      this.season = season;
      this.horizon = horizon;
      this.forecaster = forecaster;
    }

    @ProcessElement
    public void forecast(
        @Element KV<String, Iterable<PeriodUnits>> dimension, OutputReceiver<LedgerRow> out) {
      List<Series> panel = Panel.of(dimension.getValue(), asOf, season);
      List<MemberForecast> forecasts = forecaster.forecast(panel, horizon);
      for (int i = 0; i < panel.size(); i++) {
        LedgerRow.of(dimension.getKey(), panel.get(i), forecasts.get(i)).forEach(out::output);
      }
    }
  }
}
