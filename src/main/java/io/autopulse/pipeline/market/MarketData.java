package io.autopulse.pipeline.market;

import io.autopulse.domain.feed.Feed;
import io.autopulse.domain.market.MarketTable;
import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.pipeline.feed.FeedSources;
import io.autopulse.pipeline.feed.StagedFates;
import io.autopulse.pipeline.manifest.FeedSpec;
import io.autopulse.sink.staging.StageRows;
import io.autopulse.sink.staging.StagedRows;
import io.autopulse.sink.staging.StagedTable;
import io.autopulse.transform.market.AggregateMarket;
import io.autopulse.transform.market.ParseMarket;
import io.autopulse.transform.record.UnmappedName;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;

/**
 * The market data job: raw records of fuel prices, registrations, page views and posts in; staged
 * vintages of figures, rejected records, counts and names that no mapping knows out, for the
 * publisher to audit and publish. Bounded; the same input gives the same staging, on every runner.
 */
public final class MarketData {
  private final Pipeline pipeline;
  private final MarketPlan plan;

  private MarketData(Pipeline pipeline, MarketPlan plan) {
    this.pipeline = pipeline;
    this.plan = plan;
  }

  /** Adds the job to a pipeline. */
  public static void build(Pipeline pipeline, MarketPlan plan) {
    new MarketData(pipeline, plan).build();
  }

  private void build() {
    List<PCollectionTuple> parsed = new ArrayList<>();
    for (Feed feed : Feed.OF_MARKET) {
      FeedSpec spec = plan.feeds().get(feed);
      if (spec != null) {
        parsed.add(parse(spec));
      }
    }
    PCollectionTuple aggregated =
        together("observations", parsed, ParseMarket.OBSERVATIONS)
            .apply("Aggregate market", AggregateMarket.bounded());
    for (MarketTable table : MarketTable.values()) {
      aggregated
          .get(AggregateMarket.FIGURES)
          .apply("Of " + table, Filter.by(figure -> figure.table() == table))
          .apply("Stage " + table, rows(StagedTable.of(table), StagedRows::figureRow));
    }
    StagedFates fates = new StagedFates(plan.staging());
    fates.stage(
        "market feeds",
        together("rejected records", parsed, ParseMarket.REJECTED),
        together("counts", parsed, ParseMarket.COUNTS));
    fates.stage("market figures", aggregated.get(AggregateMarket.COUNTS));
    together("unmapped names", parsed, ParseMarket.UNMAPPED)
        .apply("Stage unmapped names", rows(StagedTable.UNMAPPED_NAMES, MarketData::unmappedRow));
  }

  private PCollectionTuple parse(FeedSpec spec) {
    return FeedSources.records(
            pipeline, spec, BusinessInterval.ALL, plan.timezone(), plan.staging(), plan.replayed())
        .apply(
            "Parse " + spec.feed(),
            ParseMarket.of(
                FeedSources.format(spec, plan.timezone(), plan.currency()),
                plan.names(),
                plan.horizon()));
  }

  /** Returns one output of all feeds: they are small, and every branch that stages costs. */
  private static <T> PCollection<T> together(
      String what, List<PCollectionTuple> parsed, TupleTag<T> tag) {
    return PCollectionList.of(parsed.stream().map(feed -> feed.get(tag)).toList())
        .apply("All " + what, Flatten.pCollections());
  }

  private <T> StageRows<T> rows(StagedTable table, StageRows.Columns<T> columns) {
    return plan.staging().rows(table, "all", columns);
  }

  private static List<String> unmappedRow(KV<UnmappedName, Long> count) {
    UnmappedName unmapped = count.getKey();
    return List.of(
        unmapped.feed(), unmapped.field(), unmapped.name(), String.valueOf(count.getValue()));
  }
}
