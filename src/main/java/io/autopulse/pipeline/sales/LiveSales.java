package io.autopulse.pipeline.sales;

import io.autopulse.domain.feed.Feed;
import io.autopulse.domain.feed.parse.ReferenceRecord;
import io.autopulse.pipeline.live.LiveFeeds;
import io.autopulse.pipeline.live.LivePlan;
import io.autopulse.pipeline.manifest.TrendSpec;
import io.autopulse.sink.live.DropRows;
import io.autopulse.sink.live.LiveTable;
import io.autopulse.sink.staging.StagedRows;
import io.autopulse.transform.kpi.ComputeLiveKpis;
import io.autopulse.transform.sales.EnrichSales;
import io.autopulse.transform.sales.FollowReference;
import io.autopulse.transform.sales.ParseSales;
import io.autopulse.transform.sales.ResolveLiveVersions;
import io.autopulse.transform.trend.ComputeLiveTrendFeatures;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The live job: records of sales, vehicles and dealers in, as they come; sale versions, KPI cells
 * and rejected records out, to a {@link io.autopulse.sink.live.LiveSink}. The steps are the
 * refresh's ({@link DailyRefresh}), without an end. The names of the steps are part of a running
 * job's state.
 */
public final class LiveSales {
  /** Shards of sales: keyed state is divided by them, so their number never changes. */
  static final int SHARDS = 128;

  private final LivePlan plan;
  private final LiveFeeds feeds;

  private LiveSales(Pipeline pipeline, LivePlan plan) {
    this.plan = plan;
    feeds = new LiveFeeds(pipeline, plan);
  }

  /** Adds the live job to a pipeline. */
  public static void build(Pipeline pipeline, LivePlan plan) {
    new LiveSales(pipeline, plan).build();
  }

  private void build() {
    @Nullable PCollectionView<List<List<ReferenceRecord>>> vehicles = latest(Feed.VEHICLES);
    @Nullable PCollectionView<List<List<ReferenceRecord>>> dealers = latest(Feed.DEALERS);

    PCollectionTuple parsed =
        feeds
            .records(Feed.SALES)
            .apply("Parse sales", ParseSales.of(feeds.format(Feed.SALES), SHARDS, plan.horizon()));
    PCollection<KV<Integer, byte[]>> enriched =
        parsed
            .get(ParseSales.VERSIONS)
            .apply("Enrich sales", EnrichSales.following(vehicles, dealers));
    PCollectionTuple resolved =
        withKnown(enriched)
            .apply(
                "Resolve sale versions",
                ResolveLiveVersions.within(plan.live().corrections(), plan.clock()));
    ComputeLiveKpis compute =
        ComputeLiveKpis.of(
            plan.grains(),
            plan.dimensions(),
            plan.timezone(),
            plan.live().panes(),
            plan.live().corrections());
    PCollection<byte[]> kpis =
        resolved
            .get(ResolveLiveVersions.CHANGES)
            .apply(
                "Compute KPIs",
                plan.known().map(known -> compute.since(known.since())).orElse(compute));

    resolved
        .get(ResolveLiveVersions.RESOLVED)
        .apply("Drop sale versions", plan.sink().rows(LiveTable.VERSIONS));
    kpis.apply("Drop KPIs", plan.sink().rows(LiveTable.PANES));
    feeds.drop("parsed sales", parsed.get(ParseSales.REJECTED));
    feeds.watch(Feed.SALES, parsed.get(ParseSales.COUNTS));
    feeds.drop("late sales", resolved.get(ResolveLiveVersions.REJECTED));
    plan.trends().ifPresent(trends -> trends(trends, resolved.get(ResolveLiveVersions.RESOLVED)));
    feeds.dropGathered();
  }

  // They were enriched when they were published.
  private PCollection<KV<Integer, byte[]>> withKnown(PCollection<KV<Integer, byte[]>> enriched) {
    return plan.known()
        .map(
            known ->
                PCollectionList.of(enriched)
                    .and(feeds.known(known, SHARDS))
                    .apply("Known sales too", Flatten.pCollections()))
        .orElse(enriched);
  }

  private void trends(TrendSpec trends, PCollection<byte[]> versions) {
    PCollectionTuple known = PCollectionTuple.of(ComputeLiveTrendFeatures.VERSIONS, versions);
    feeds
        .figures()
        .map(figures -> known.and(ComputeLiveTrendFeatures.FIGURES, figures))
        .orElse(known)
        .apply(
            "Compute trend features",
            ComputeLiveTrendFeatures.of(
                trends.dimensions(),
                plan.timezone(),
                SHARDS,
                plan.live().panes(),
                plan.live().corrections(),
                plan.clock()))
        .apply(
            "Drop trend features",
            DropRows.into(plan.sink(), LiveTable.TREND_FEATURES, StagedRows::liveFeaturesRow));
  }

  // A snapshot is one element, and so one pane, which takes the place of the pane before. A feed
  // that is not there gets no empty view: Beam gives a source of constants no name of its own in
  // Flink, and a savepoint could not be restored with another parallelism.
  private @Nullable PCollectionView<List<List<ReferenceRecord>>> latest(Feed feed) {
    if (!plan.feeds().containsKey(feed)) {
      return null;
    }
    PCollectionTuple followed =
        feeds
            .records(feed)
            .apply(
                "Follow " + feed,
                FollowReference.of(
                    feeds.format(feed), Instant.ofEpochMilli(plan.clock().millis())));
    feeds.drop(feed.toString(), followed.get(FollowReference.REJECTED));
    feeds.watch(feed, followed.get(FollowReference.COUNTS));
    return followed
        .get(FollowReference.SNAPSHOTS)
        .apply("Each snapshot of " + feed, FollowReference.eachAsAPane())
        .apply(feed + " as a side input", View.asList());
  }
}
