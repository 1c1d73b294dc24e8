package io.autopulse.pipeline.sales;

import io.autopulse.domain.feed.Feed;
import io.autopulse.domain.feed.FeedFormat;
import io.autopulse.domain.feed.RawBlock;
import io.autopulse.domain.feed.parse.ReferenceRecord;
import io.autopulse.pipeline.feed.FeedSources;
import io.autopulse.pipeline.feed.StagedFates;
import io.autopulse.pipeline.manifest.FeedSpec;
import io.autopulse.sink.staging.StageRows;
import io.autopulse.sink.staging.StagedRows;
import io.autopulse.sink.staging.StagedTable;
import io.autopulse.transform.kpi.ComputeKpis;
import io.autopulse.transform.sales.EnrichSales;
import io.autopulse.transform.sales.ParseReference;
import io.autopulse.transform.sales.ParseSales;
import io.autopulse.transform.sales.ParseTargets;
import io.autopulse.transform.sales.ReferenceRecordCoder;
import io.autopulse.transform.sales.ResolveSaleVersions;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.PDone;
import org.apache.beam.sdk.values.TypeDescriptor;

/**
 * The refresh: raw records of sales, vehicles, dealers and targets in; staged sale versions, KPIs,
 * reference data, targets, rejected records and counts out, for the publisher to audit and publish.
 * Bounded; the same input gives the same staging, on every runner.
 */
public final class DailyRefresh {
  private static final TypeDescriptor<List<ReferenceRecord>> LISTS = new TypeDescriptor<>() {};

  private final Pipeline pipeline;
  private final RefreshPlan plan;
  private final StagedFates fates;

  private DailyRefresh(Pipeline pipeline, RefreshPlan plan) {
    this.pipeline = pipeline;
    this.plan = plan;
    this.fates = new StagedFates(plan.staging());
  }

  /** Adds the refresh to a pipeline. */
  public static void build(Pipeline pipeline, RefreshPlan plan) {
    new DailyRefresh(pipeline, plan).build();
  }

  private void build() {
    PCollection<ReferenceRecord> vehicles = latest(Feed.VEHICLES);
    PCollection<ReferenceRecord> dealers = latest(Feed.DEALERS);

    PCollectionTuple parsed =
        records(Feed.SALES)
            .apply("Parse sales", ParseSales.of(format(Feed.SALES), plan.shards(), plan.horizon()));
    PCollectionTuple resolved =
        parsed
            .get(ParseSales.VERSIONS)
            .apply(
                "Enrich sales",
                EnrichSales.with(asView("Vehicles", vehicles), asView("Dealers", dealers)))
            .apply("Resolve sale versions", ResolveSaleVersions.bounded(plan.covered()));
    PCollection<byte[]> sales = resolved.get(ResolveSaleVersions.RESOLVED);
    PCollection<byte[]> kpis =
        PCollectionList.of(sales)
            .and(resolved.get(ResolveSaleVersions.CONFLICTING))
            .apply("All that the revisions count", Flatten.pCollections())
            .apply(
                "Compute KPIs",
                ComputeKpis.of(
                    plan.covered(),
                    plan.grains(),
                    plan.dimensions(),
                    plan.timezone(),
                    plan.asOf()));

    sales.apply("Stage sale versions", blocks(StagedTable.SALE_VERSIONS));
    kpis.apply("Stage KPIs", blocks(StagedTable.SALES_KPI));
    vehicles.apply("Stage vehicles", rows(StagedTable.VEHICLES, "latest", StagedRows::vehicleRow));
    dealers.apply("Stage dealers", rows(StagedTable.DEALERS, "latest", StagedRows::dealerRow));
    fates.stage("parsed sales", parsed.get(ParseSales.REJECTED), parsed.get(ParseSales.COUNTS));
    fates.stage("resolved sales", resolved.get(ResolveSaleVersions.COUNTS));
    if (plan.feeds().containsKey(Feed.TARGETS)) {
      stageTargets();
    }
  }

  private void stageTargets() {
    PCollectionTuple parsed =
        records(Feed.TARGETS).apply("Parse targets", ParseTargets.of(format(Feed.TARGETS)));
    parsed
        .get(ParseTargets.TARGETS)
        .apply("Stage targets", rows(StagedTable.SALES_TARGETS, "chosen", StagedRows::targetRow));
    fates.stage("targets", parsed.get(ParseTargets.REJECTED), parsed.get(ParseTargets.COUNTS));
  }

  private PTransform<PCollection<byte[]>, PDone> blocks(StagedTable table) {
    return plan.staging().blocks(table, "all");
  }

  private <T> StageRows<T> rows(StagedTable table, String branch, StageRows.Columns<T> columns) {
    return plan.staging().rows(table, branch, columns);
  }

  private PCollection<ReferenceRecord> latest(Feed feed) {
    if (!plan.feeds().containsKey(feed)) {
      return pipeline.apply("No " + feed, Create.empty(new ReferenceRecordCoder()));
    }
    PCollectionTuple parsed = records(feed).apply("Parse " + feed, ParseReference.of(format(feed)));
    fates.stage(
        feed.toString(), parsed.get(ParseReference.REJECTED), parsed.get(ParseReference.COUNTS));
    return parsed.get(ParseReference.LATEST);
  }

  private PCollection<RawBlock> records(Feed feed) {
    return FeedSources.records(
        pipeline, spec(feed), plan.covered(), plan.timezone(), plan.staging(), plan.replayed());
  }

  private FeedFormat format(Feed feed) {
    return FeedSources.format(spec(feed), plan.timezone(), plan.currency());
  }

  private FeedSpec spec(Feed feed) {
    return FeedSources.spec(plan.feeds(), feed);
  }

  private static PCollectionView<List<List<ReferenceRecord>>> asView(
      String name, PCollection<ReferenceRecord> records) {
    return records
        .apply(name + ", each in a list", MapElements.into(LISTS).via(List::of))
        .setCoder(ListCoder.of(new ReferenceRecordCoder()))
        .apply(name + " as a side input", View.asList());
  }
}
