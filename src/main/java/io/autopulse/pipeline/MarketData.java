package io.autopulse.pipeline;

import io.autopulse.domain.market.Figure;
import io.autopulse.domain.market.MarketTable;
import io.autopulse.domain.market.Observation;
import io.autopulse.domain.sale.Feed;
import io.autopulse.pipeline.manifest.FeedSpec;
import io.autopulse.sink.StagedRows;
import io.autopulse.sink.StagedTable;
import io.autopulse.transform.AggregateMarket;
import io.autopulse.transform.ParseMarket;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;

/**
 * The market data job: raw records of fuel prices, registrations, page views and posts in; staged
 * vintages of figures, rejected records, counts and names that no mapping knows out, for the
 * publisher to audit and publish. Bounded; the same input gives the same staging, on every runner.
 */
public final class MarketData {
  private final Pipeline pipeline;
  private final MarketPlan plan;
  private final StagedFates fates;

  private MarketData(Pipeline pipeline, MarketPlan plan) {
    this.pipeline = pipeline;
    this.plan = plan;
    this.fates = new StagedFates(plan.staging());
  }

  /** Adds the job to a pipeline. */
  public static void build(Pipeline pipeline, MarketPlan plan) {
    new MarketData(pipeline, plan).build();
  }

  private void build() {
    List<PCollection<KV<String, Observation>>> observations = new ArrayList<>();
    for (Feed feed : Feed.OF_MARKET) {
      FeedSpec spec = plan.feeds().get(feed);
      if (spec != null) {
        observations.add(observations(spec));
      }
    }
    PCollectionTuple aggregated =
        PCollectionList.of(observations)
            .apply("All observations", Flatten.pCollections())
            .apply("Aggregate market", AggregateMarket.bounded());
    PCollection<Figure> figures = aggregated.get(AggregateMarket.FIGURES);
    for (MarketTable table : MarketTable.values()) {
      figures
          .apply("Of " + table, Filter.by(figure -> figure.table() == table))
          .apply(
              "Stage " + table,
              plan.staging().rows(StagedTable.of(table), "all", StagedRows::figureRow));
    }
    fates.stage("market figures", aggregated.get(AggregateMarket.COUNTS));
  }

  private PCollection<KV<String, Observation>> observations(FeedSpec spec) {
    String feed = spec.feed().toString();
    PCollectionTuple parsed =
        FeedSources.records(pipeline, spec, plan.staging(), plan.replayed())
            .apply(
                "Parse " + feed,
                ParseMarket.of(
                    FeedSources.format(spec, plan.timezone(), plan.currency()), plan.names()));
    fates.stage(feed, parsed.get(ParseMarket.REJECTED), parsed.get(ParseMarket.COUNTS));
    parsed
        .get(ParseMarket.UNMAPPED)
        .apply(
            "Stage unmapped names of " + feed,
            plan.staging()
                .rows(
                    StagedTable.UNMAPPED_NAMES,
                    feed,
                    count ->
                        List.of(
                            count.getKey().feed(),
                            count.getKey().field(),
                            count.getKey().name(),
                            String.valueOf(count.getValue()))));
    return parsed.get(ParseMarket.OBSERVATIONS);
  }
}
