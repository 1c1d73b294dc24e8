package io.autopulse.pipeline.live;

import io.autopulse.domain.feed.Feed;
import io.autopulse.domain.feed.FeedFormat;
import io.autopulse.domain.feed.RawBlock;
import io.autopulse.domain.feed.RejectedRecord;
import io.autopulse.domain.market.Figure;
import io.autopulse.domain.market.Observation;
import io.autopulse.pipeline.feed.FeedSources;
import io.autopulse.pipeline.manifest.FeedSpec;
import io.autopulse.pipeline.manifest.FieldFormats;
import io.autopulse.pipeline.manifest.KafkaSource;
import io.autopulse.sink.live.DropRows;
import io.autopulse.sink.live.LiveTable;
import io.autopulse.sink.staging.StagedRows;
import io.autopulse.source.file.FileFormat;
import io.autopulse.source.follow.FollowFiles;
import io.autopulse.transform.market.AggregateLiveMarket;
import io.autopulse.transform.market.ParseMarket;
import io.autopulse.transform.record.CheckHeaders;
import io.autopulse.transform.record.WatchKeys;
import io.autopulse.transform.sales.EnrichSales;
import io.autopulse.transform.sales.MarkKnownVersions;
import io.autopulse.transform.sales.ParseSales;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;

/**
 * The feeds of a live job, followed without an end; what is rejected of them goes to the job's
 * {@link io.autopulse.sink.live.LiveSink}. The names of the steps are part of a running job's
 * state.
 */
public final class LiveFeeds {
  private final Pipeline pipeline;
  private final LivePlan plan;
  private final List<PCollection<RejectedRecord>> gathered = new ArrayList<>();

  /** Makes the feeds of a plan, in a pipeline. */
  public LiveFeeds(Pipeline pipeline, LivePlan plan) {
    this.pipeline = pipeline;
    this.plan = plan;
  }

  /** Returns the records of a feed that the job has, as they come. */
  public PCollection<RawBlock> records(Feed feed) {
    PCollection<RawBlock> records =
        pipeline.apply("Read " + feed, FeedSources.follow(spec(feed), plan.live(), plan.clock()));
    if (spec(feed).source() instanceof KafkaSource) {
      return records;
    }
    PCollectionTuple checked =
        records.apply("Check headers of " + feed, CheckHeaders.of(format(feed)));
    drop(feed + " under unknown headers", checked.get(CheckHeaders.REJECTED));
    return checked.get(CheckHeaders.KNOWN);
  }

  /** Returns the versions of the sales that the job takes from the warehouse, by shard. */
  public PCollection<KV<Integer, byte[]>> known(KnownSales known, int shards) {
    FeedSpec asKept =
        new FeedSpec(
            Feed.SALES,
            spec(Feed.SALES).source(),
            Map.of(),
            FieldFormats.standard(ZoneOffset.UTC),
            Map.of(),
            List.of(),
            List.of());
    PCollectionTuple parsed =
        pipeline
            .apply(
                "Read known sales",
                FollowFiles.matching(
                    known.file().toAbsolutePath().toString(),
                    FileFormat.JSON_LINES,
                    plan.live().poll(),
                    // It is whole before the job starts.
                    Duration.ZERO,
                    plan.clock()))
            .apply(
                "Parse known sales",
                ParseSales.of(
                    FeedSources.format(asKept, plan.timezone(), plan.currency()), shards));
    drop("known sales", parsed.get(ParseSales.REJECTED));
    // With no reference data: they were enriched when they came.
    return parsed
        .get(ParseSales.VERSIONS)
        .apply("Known as they were", EnrichSales.with(null, null))
        .apply("Of the warehouse", new MarkKnownVersions());
  }

  /**
   * Returns the vintages of the market figures that the job's feeds tell, each again when it is
   * restated; nothing if it has no market feed.
   */
  public Optional<PCollection<Figure>> figures() {
    List<PCollection<Observation>> observations = new ArrayList<>();
    for (Feed feed : Feed.OF_MARKET) {
      if (plan.feeds().containsKey(feed)) {
        PCollectionTuple parsed =
            records(feed)
                .apply("Parse " + feed, ParseMarket.of(format(feed), plan.names(), plan.horizon()));
        drop("parsed " + feed, parsed.get(ParseMarket.REJECTED));
        watch(feed, parsed.get(ParseMarket.COUNTS));
        observations.add(parsed.get(ParseMarket.OBSERVATIONS));
      }
    }
    if (observations.isEmpty()) {
      return Optional.empty();
    }
    PCollectionTuple aggregated =
        PCollectionList.of(observations)
            .apply("All observations", Flatten.pCollections())
            .apply("Aggregate market", AggregateLiveMarket.every(plan.live().panes()));
    drop("aggregated market", aggregated.get(AggregateLiveMarket.REJECTED));
    return Optional.of(aggregated.get(AggregateLiveMarket.FIGURES));
  }

  /** Watches which keys the records of a feed lack. */
  public void watch(Feed feed, PCollection<KV<String, Long>> counts) {
    counts.apply("Watch keys of " + feed, new WatchKeys());
  }

  /** Drops the rejected records of a branch, at once or with those of the others. */
  public void drop(String branch, PCollection<RejectedRecord> rejected) {
    if (plan.sink().gathersRejected()) {
      gathered.add(rejected);
    } else {
      rejected.apply("Drop rejected records of " + branch, rejectedRows());
    }
  }

  /** Drops what was gathered; called once, at the end. */
  public void dropGathered() {
    if (!gathered.isEmpty()) {
      PCollectionList.of(gathered)
          .apply("Gather rejected records", Flatten.pCollections())
          .apply("Drop rejected records", rejectedRows());
    }
  }

  private DropRows<RejectedRecord> rejectedRows() {
    return DropRows.into(plan.sink(), LiveTable.REJECTED, StagedRows::rejectedRow);
  }

  /** Returns how a feed that the job has writes its records. */
  public FeedFormat format(Feed feed) {
    return FeedSources.format(spec(feed), plan.timezone(), plan.currency());
  }

  private FeedSpec spec(Feed feed) {
    return FeedSources.spec(plan.feeds(), feed);
  }
}
