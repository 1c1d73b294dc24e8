package io.autopulse.pipeline;

import io.autopulse.domain.quality.FeedFormat;
import io.autopulse.domain.quality.RawBlock;
import io.autopulse.domain.quality.ReferenceRecord;
import io.autopulse.domain.quality.RejectedRecord;
import io.autopulse.domain.sale.Feed;
import io.autopulse.pipeline.manifest.CsvSource;
import io.autopulse.pipeline.manifest.FeedSpec;
import io.autopulse.sink.DropRows;
import io.autopulse.sink.LiveTable;
import io.autopulse.sink.StagedRows;
import io.autopulse.transform.CheckHeaders;
import io.autopulse.transform.ComputeLiveKpis;
import io.autopulse.transform.EnrichSales;
import io.autopulse.transform.FollowReference;
import io.autopulse.transform.ParseSales;
import io.autopulse.transform.ResolveLiveVersions;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The live job: records of sales, vehicles and dealers in, as they come; sale versions, KPI cells
 * and rejected records out, to a {@link io.autopulse.sink.LiveSink}. The steps are the refresh's
 * ({@link DailyRefresh}), without an end. The names of the steps are part of a running job's state.
 */
public final class LiveSales {
  /** Shards of sales: keyed state is divided by them, so their number never changes. */
  static final int SHARDS = 128;

  private final Pipeline pipeline;
  private final LivePlan plan;
  private final List<PCollection<RejectedRecord>> gathered = new ArrayList<>();

  private LiveSales(Pipeline pipeline, LivePlan plan) {
    this.pipeline = pipeline;
    this.plan = plan;
  }

  /** Adds the live job to a pipeline. */
  public static void build(Pipeline pipeline, LivePlan plan) {
    new LiveSales(pipeline, plan).build();
  }

  private void build() {
    @Nullable PCollectionView<List<List<ReferenceRecord>>> vehicles = latest(Feed.VEHICLES);
    @Nullable PCollectionView<List<List<ReferenceRecord>>> dealers = latest(Feed.DEALERS);

    PCollectionTuple parsed =
        records(Feed.SALES).apply("Parse sales", ParseSales.of(format(Feed.SALES), SHARDS));
    PCollectionTuple resolved =
        parsed
            .get(ParseSales.VERSIONS)
            .apply("Enrich sales", EnrichSales.following(vehicles, dealers))
            .apply(
                "Resolve sale versions",
                ResolveLiveVersions.within(plan.live().corrections(), plan.clock()));
    PCollection<byte[]> kpis =
        resolved
            .get(ResolveLiveVersions.CHANGES)
            .apply(
                "Compute KPIs",
                ComputeLiveKpis.of(
                    plan.grains(),
                    plan.dimensions(),
                    plan.timezone(),
                    plan.live().panes(),
                    plan.live().corrections()));

    resolved
        .get(ResolveLiveVersions.RESOLVED)
        .apply("Drop sale versions", plan.sink().rows(LiveTable.VERSIONS));
    kpis.apply("Drop KPIs", plan.sink().rows(LiveTable.PANES));
    drop("parsed sales", parsed.get(ParseSales.REJECTED));
    drop("late sales", resolved.get(ResolveLiveVersions.REJECTED));
    if (!gathered.isEmpty()) {
      PCollectionList.of(gathered)
          .apply("Gather rejected records", Flatten.pCollections())
          .apply("Drop rejected records", rejectedRows());
    }
  }

  private void drop(String branch, PCollection<RejectedRecord> rejected) {
    if (plan.sink().gathersRejected()) {
      gathered.add(rejected);
    } else {
      rejected.apply("Drop rejected records of " + branch, rejectedRows());
    }
  }

  private DropRows<RejectedRecord> rejectedRows() {
    return DropRows.into(plan.sink(), LiveTable.REJECTED, StagedRows::rejectedRow);
  }

  // A snapshot is one element, and so one pane, which takes the place of the pane before. A feed
  // that is not there gets no empty view: Beam gives a source of constants no name of its own in
  // Flink, and a savepoint could not be restored with another parallelism.
  private @Nullable PCollectionView<List<List<ReferenceRecord>>> latest(Feed feed) {
    if (!plan.feeds().containsKey(feed)) {
      return null;
    }
    PCollectionTuple followed =
        records(feed)
            .apply(
                "Follow " + feed,
                FollowReference.of(format(feed), Instant.ofEpochMilli(plan.clock().millis())));
    drop(feed.toString(), followed.get(FollowReference.REJECTED));
    return followed
        .get(FollowReference.SNAPSHOTS)
        .apply("Each snapshot of " + feed, FollowReference.eachAsAPane())
        .apply(feed + " as a side input", View.asList());
  }

  private PCollection<RawBlock> records(Feed feed) {
    PCollection<RawBlock> records =
        pipeline.apply(
            "Read " + feed, FeedSources.follow(spec(feed), plan.live().poll(), plan.clock()));
    if (!(spec(feed).source() instanceof CsvSource)) {
      return records;
    }
    PCollectionTuple checked =
        records.apply("Check headers of " + feed, CheckHeaders.of(format(feed)));
    drop(feed + " under unknown headers", checked.get(CheckHeaders.REJECTED));
    return checked.get(CheckHeaders.KNOWN);
  }

  private FeedFormat format(Feed feed) {
    return FeedSources.format(spec(feed), plan.timezone(), plan.currency());
  }

  private FeedSpec spec(Feed feed) {
    FeedSpec spec = plan.feeds().get(feed);
    if (spec == null) {
      throw new IllegalStateException("no feed " + feed);
    }
    return spec;
  }
}
