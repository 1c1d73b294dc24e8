package io.autopulse.pipeline.forecast;

import io.autopulse.domain.forecast.ledger.LedgerRow;
import io.autopulse.domain.forecast.ledger.PastForecast;
import io.autopulse.domain.forecast.ledger.PeriodUnits;
import io.autopulse.domain.forecast.ledger.RecentBias;
import io.autopulse.domain.forecast.life.KnownVehicle;
import io.autopulse.domain.sale.block.SaleEnricher;
import io.autopulse.sink.staging.StagedRows;
import io.autopulse.sink.staging.StagedTable;
import io.autopulse.source.warehouse.ReadWarehouse;
import io.autopulse.source.warehouse.WarehouseRow;
import io.autopulse.transform.forecast.ForecastSeries;
import io.autopulse.transform.forecast.MoreMethods;
import io.autopulse.transform.forecast.ReconcileForecasts;
import io.autopulse.transform.forecast.ScoreForecasts;
import io.autopulse.transform.forecast.TextsCoder;
import io.autopulse.transform.record.Counts;
import io.autopulse.transform.record.RejectedRecordCoder;
import java.util.List;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.jspecify.annotations.Nullable;

/**
 * The weekly forecast: units sold and vehicles as they were known on the as-of date, read back from
 * the warehouse, in; the staged forecasts of the periods that follow, and how earlier ones did,
 * out. Bounded; the same warehouse gives the same staging, on every runner.
 */
public final class WeeklyForecast {
  /** The file of the units sold. */
  static final String UNITS = "known_units";

  /** The file of the finest combinations of members. */
  static final String CELLS = "known_cells";

  /** The file of what was known of vehicles. */
  static final String VEHICLES = "known_vehicles";

  /** The file of what earlier vintages said. */
  static final String PAST = "past_forecasts";

  private WeeklyForecast() {}

  /** Adds the job to a pipeline. */
  public static void build(Pipeline pipeline, ForecastPlan plan) {
    int season = plan.forecast().season();
    PCollection<PeriodUnits> units =
        pipeline.apply(
            "Read units sold",
            ReadWarehouse.of(
                plan.staging().readBack(UNITS), WeeklyForecast::units, TextsCoder.ofUnits()));
    List<String> attributes = plan.attributes();
    PCollectionView<Iterable<List<String>>> cells =
        pipeline
            .apply(
                "Read cells",
                ReadWarehouse.of(
                    plan.staging().readBack(CELLS),
                    row -> cell(row, attributes),
                    ListCoder.of(StringUtf8Coder.of())))
            .apply("Cells as a side input", View.asIterable());
    PCollectionView<Iterable<KnownVehicle>> vehicles =
        pipeline
            .apply(
                "Read vehicles",
                ReadWarehouse.of(
                    plan.staging().readBack(VEHICLES),
                    WeeklyForecast::vehicle,
                    TextsCoder.ofVehicles()))
            .apply("Vehicles as a side input", View.asIterable());
    PCollection<PastForecast> past =
        pipeline.apply(
            "Read past forecasts",
            ReadWarehouse.of(
                plan.staging().readBack(PAST), WeeklyForecast::past, TextsCoder.ofPastForecasts()));
    PCollectionView<Iterable<PastForecast>> biased =
        past.apply(
                "Forecasts whose bias counts", Filter.by(forecast -> RecentBias.counts(forecast)))
            .apply("Past forecasts as a side input", View.asIterable());
    units
        .apply(
            "Forecast series",
            ForecastSeries.of(
                plan.asOf(),
                season,
                plan.forecast().horizon(),
                plan.forecast().windows(),
                plan.forecast().country(),
                MoreMethods.of(plan.forecast().boosting(), plan.forecast().methodsFile()),
                vehicles))
        .apply(
            "Reconcile forecasts",
            ReconcileForecasts.of(
                plan.attributes(), cells, biased, plan.forecast().country(), vehicles))
        .apply(
            "Stage forecasts", plan.staging().rows(StagedTable.FORECASTS, "all", LedgerRow::texts));
    past.apply("Score past forecasts", ScoreForecasts.against(units, plan.asOf(), season))
        .apply(
            "Stage accuracy",
            plan.staging().rows(StagedTable.FORECAST_ACCURACY, "all", texts -> texts));
    stageNoRecords(pipeline, plan);
  }

  // Nothing that is read back is parsed, so that nothing is rejected and no fate is counted.
  private static void stageNoRecords(Pipeline pipeline, ForecastPlan plan) {
    pipeline
        .apply("No rejected records", Create.empty(new RejectedRecordCoder()))
        .apply(
            "Stage no rejected records",
            plan.staging().rows(StagedTable.REJECTED_RECORDS, "all", StagedRows::rejectedRow));
    pipeline
        .apply("No counts", Create.empty(Counts.CODER))
        .apply(
            "Stage no counts",
            plan.staging().rows(StagedTable.COUNTS, "all", StagedRows::countRow));
  }

  private static PeriodUnits units(WarehouseRow row) {
    return new PeriodUnits(
        row.text("dimension"), row.text("member"), row.date("period_start"), row.whole("units"));
  }

  private static List<String> cell(WarehouseRow row, List<String> attributes) {
    return Stream.concat(attributes.stream(), Stream.of("weight")).map(row::text).toList();
  }

  static KnownVehicle vehicle(WarehouseRow row) {
    return new KnownVehicle(
        row.text("model_id"),
        row.text("make"),
        row.text("member"),
        attribute(row, "segment"),
        attribute(row, "powertrain"),
        price(row),
        row.isNull("launched_on") ? null : row.date("launched_on"),
        row.isNull("discontinued_on") ? null : row.date("discontinued_on"),
        row.isNull("successor") ? null : row.text("successor"));
  }

  private static @Nullable String attribute(WarehouseRow row, String column) {
    String member = row.text(column);
    return member.equals(SaleEnricher.UNKNOWN) ? null : member;
  }

  // The list price, else what the model's units were sold for on average.
  private static @Nullable Double price(WarehouseRow row) {
    if (!row.isNull("list_price") && row.number("list_price").signum() > 0) {
      return row.number("list_price").doubleValue();
    }
    return row.isNull("units")
        ? null
        : Double.valueOf(row.number("revenue").doubleValue() / row.whole("units"));
  }

  private static PastForecast past(WarehouseRow row) {
    return new PastForecast(
        row.text("dimension"),
        row.text("member"),
        row.date("as_of"),
        row.date("period_start"),
        Math.toIntExact(row.whole("horizon")),
        row.text("method"),
        row.number("mean").doubleValue(),
        row.isNull("lower_80")
            ? List.of()
            : Stream.of("lower_80", "upper_80", "lower_95", "upper_95")
                .map(bound -> row.number(bound).doubleValue())
                .toList());
  }
}
