package io.autopulse.transform.forecast;

import io.autopulse.domain.forecast.Series;
import io.autopulse.domain.forecast.ledger.AccuracyRow;
import io.autopulse.domain.forecast.ledger.AsOf;
import io.autopulse.domain.forecast.ledger.Panel;
import io.autopulse.domain.forecast.ledger.PastAccuracy;
import io.autopulse.domain.forecast.ledger.PastForecast;
import io.autopulse.domain.forecast.ledger.PeriodUnits;
import java.util.List;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.coders.NullableCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.transforms.join.CoGbkResult;
import org.apache.beam.sdk.transforms.join.CoGroupByKey;
import org.apache.beam.sdk.transforms.join.KeyedPCollectionTuple;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.jspecify.annotations.Nullable;

/**
 * Forecasts of earlier vintages in; how well they did against the units sold since out, as texts of
 * {@link AccuracyRow}. Bounded, global window; one element is one member, and the order of arrival
 * changes nothing.
 */
public final class ScoreForecasts
    extends PTransform<PCollection<PastForecast>, PCollection<List<@Nullable String>>> {
  private static final long serialVersionUID = 1L;
  private static final TupleTag<PeriodUnits> SOLD = new TupleTag<>("sold") {};
  private static final TupleTag<PastForecast> FORECASTS = new TupleTag<>("forecasts") {};

  private final PCollection<PeriodUnits> units;
  private final AsOf asOf;
  private final int season;

  private ScoreForecasts(PCollection<PeriodUnits> units, AsOf asOf, int season) {
    this.units = units;
    this.asOf = asOf;
    this.season = season;
  }

  /**
   * Returns the transform.
   *
   * @param units what was sold, as known now
   * @param asOf which periods are complete
   * @param season how many periods make a season
   */
  public static ScoreForecasts against(PCollection<PeriodUnits> units, AsOf asOf, int season) {
    return new ScoreForecasts(units, asOf, season);
  }

  @Override
  public PCollection<List<@Nullable String>> expand(PCollection<PastForecast> forecasts) {
    PCollection<KV<String, PeriodUnits>> sold =
        units
            .apply(
                "Key units by member",
                WithKeys.of((PeriodUnits u) -> u.dimension() + "|" + u.member())
                    .withKeyType(TypeDescriptors.strings()))
            .setCoder(KvCoder.of(StringUtf8Coder.of(), TextsCoder.ofUnits()));
    PCollection<KV<String, PastForecast>> said =
        forecasts
            .apply(
                "Key forecasts by member",
                WithKeys.of((PastForecast f) -> f.dimension() + "|" + f.member())
                    .withKeyType(TypeDescriptors.strings()))
            .setCoder(KvCoder.of(StringUtf8Coder.of(), TextsCoder.ofPastForecasts()));
    return KeyedPCollectionTuple.of(SOLD, sold)
        .and(FORECASTS, said)
        .apply("Group by member", CoGroupByKey.create())
        .apply("Compare", ParDo.of(new CompareFn(asOf, season)))
        .setCoder(ListCoder.of(NullableCoder.of(StringUtf8Coder.of())));
  }

  static final class CompareFn extends DoFn<KV<String, CoGbkResult>, List<@Nullable String>> {
    private static final long serialVersionUID = 1L;
    private final AsOf asOf;
    private final int season;

    CompareFn(AsOf asOf, int season) {
      this.asOf = asOf;
      this.season = season;
    }

    @ProcessElement
    public void compare(
        @Element KV<String, CoGbkResult> member, OutputReceiver<List<@Nullable String>> out) {
      List<Series> sold = Panel.of(member.getValue().getAll(SOLD), asOf, season);
      // All its sales may have been cancelled since.
      Series series =
          sold.isEmpty()
              ? new Series(
                  member.getKey(), asOf.step(), asOf.firstForecast(), season, new double[0])
              : sold.get(0);
      PastAccuracy.of(series, asOf, member.getValue().getAll(FORECASTS)).stream()
          .map(AccuracyRow::texts)
          .forEach(out::output);
    }
  }
}
