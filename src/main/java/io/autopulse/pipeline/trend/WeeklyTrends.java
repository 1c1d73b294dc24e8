package io.autopulse.pipeline.trend;

import io.autopulse.domain.feed.Feed;
import io.autopulse.domain.feed.FeedFormat;
import io.autopulse.domain.feed.RejectedRecord;
import io.autopulse.domain.feed.value.NumberParser;
import io.autopulse.domain.market.Attention;
import io.autopulse.domain.market.FuelPrice;
import io.autopulse.domain.trend.TrendFeatures;
import io.autopulse.sink.staging.StagedRows;
import io.autopulse.sink.staging.StagedTable;
import io.autopulse.sink.staging.Staging;
import io.autopulse.source.warehouse.ReadSnapshot;
import io.autopulse.source.warehouse.ReadWarehouse;
import io.autopulse.source.warehouse.WarehouseRow;
import io.autopulse.source.warehouse.WarehouseSnapshot;
import io.autopulse.transform.market.AttentionCoder;
import io.autopulse.transform.market.FuelPriceCoder;
import io.autopulse.transform.sales.ParseSales;
import io.autopulse.transform.trend.ComputeTrendFeatures;
import io.autopulse.warehouse.Warehouse;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;

/**
 * The weekly trends: every version of every sale and every value of the market figures, read back
 * from the warehouse, in; the staged trend features of the closed weeks out, for the publisher to
 * audit and publish. Bounded; the same warehouse gives the same staging, on every runner.
 */
public final class WeeklyTrends {
  private static final String VERSIONS = "sale_versions";
  private static final String PRICES = "fuel_prices_history";
  private static final String ATTENTION = "market_attention_history";

  private WeeklyTrends() {}

  /** Returns what the warehouse is asked before the pipeline starts. */
  static List<WarehouseSnapshot.Query> readBack(Staging staging) {
    return List.of(
        query(
            staging,
            VERSIONS,
            "sale_id, updated_at, sequence, status, sold_at, make, model, segment, powertrain, "
                + "dealer_id, region, net_price, currency"),
        query(
            staging,
            PRICES,
            "day, region, fuel, known_on, average_price, minimum_price, maximum_price, stations"),
        query(staging, ATTENTION, "day, source, topic, known_on, views, mentions, sentiment_mean"));
  }

  private static WarehouseSnapshot.Query query(Staging staging, String table, String columns) {
    return new WarehouseSnapshot.Query(
        staging.readBack(table), "select " + columns + " from " + Warehouse.SCHEMA + "." + table);
  }

  /** Adds the job to a pipeline. */
  public static void build(Pipeline pipeline, TrendPlan plan) {
    PCollectionView<Iterable<FuelPrice>> prices =
        pipeline
            .apply(
                "Read fuel prices",
                ReadWarehouse.of(
                    plan.staging().readBack(PRICES), WeeklyTrends::fuelPrice, new FuelPriceCoder()))
            .apply("Fuel prices as a side input", View.asIterable());
    PCollectionView<Iterable<Attention>> attention =
        pipeline
            .apply(
                "Read attention",
                ReadWarehouse.of(
                    plan.staging().readBack(ATTENTION),
                    WeeklyTrends::attention,
                    new AttentionCoder()))
            .apply("Attention as a side input", View.asIterable());

    PCollectionTuple parsed =
        pipeline
            .apply(
                "Read sale versions",
                ReadSnapshot.of(
                    plan.staging().readBack(VERSIONS), Warehouse.SCHEMA + "." + VERSIONS))
            .apply("Parse sale versions", ParseSales.of(format(plan), plan.shards()));
    PCollectionTuple computed =
        parsed
            .get(ParseSales.VERSIONS)
            .apply(
                "Compute trend features",
                ComputeTrendFeatures.of(
                    plan.dimensions(),
                    plan.timezone(),
                    plan.covered(),
                    plan.asOf(),
                    prices,
                    attention));

    PCollection<TrendFeatures> features = computed.get(ComputeTrendFeatures.FEATURES);
    features.apply(
        "Stage trend features",
        plan.staging().rows(StagedTable.TREND_FEATURES, "all", TrendFeatures::texts));
    PCollection<RejectedRecord> rejected = parsed.get(ParseSales.REJECTED);
    rejected.apply(
        "Stage rejected versions",
        plan.staging().rows(StagedTable.REJECTED_RECORDS, "all", StagedRows::rejectedRow));
    stageCounts(plan, "parsed versions", parsed.get(ParseSales.COUNTS));
    stageCounts(plan, "known versions", computed.get(ComputeTrendFeatures.COUNTS));
  }

  private static void stageCounts(
      TrendPlan plan, String branch, PCollection<KV<String, Long>> counts) {
    counts.apply(
        "Stage counts of " + branch,
        plan.staging().rows(StagedTable.COUNTS, branch, StagedRows::countRow));
  }

  // As the core table holds them: under the fields' own names, times in UTC.
  private static FeedFormat format(TrendPlan plan) {
    return new FeedFormat(
        Feed.SALES,
        Map.of(),
        Map.of(),
        ZoneOffset.UTC,
        '.',
        NumberParser.NO_GROUPING,
        Map.of(),
        List.of(),
        plan.timezone(),
        plan.currency(),
        List.of());
  }

  private static FuelPrice fuelPrice(WarehouseRow row) {
    return new FuelPrice(
        row.date("day"),
        row.text("region"),
        row.text("fuel"),
        row.date("known_on"),
        row.number("average_price"),
        row.number("minimum_price"),
        row.number("maximum_price"),
        row.whole("stations"));
  }

  private static Attention attention(WarehouseRow row) {
    return new Attention(
        row.date("day"),
        row.text("source"),
        row.text("topic"),
        row.date("known_on"),
        row.isNull("views") ? null : row.whole("views"),
        row.isNull("mentions") ? null : row.whole("mentions"),
        row.isNull("sentiment_mean") ? null : row.number("sentiment_mean"));
  }
}
