package io.autopulse.pipeline.market;

import io.autopulse.domain.market.Figure;
import io.autopulse.domain.market.MarketTable;
import io.autopulse.pipeline.live.LiveFeeds;
import io.autopulse.pipeline.live.LivePlan;
import io.autopulse.sink.live.DropRows;
import io.autopulse.sink.live.LiveTable;
import io.autopulse.sink.staging.StagedRows;
import java.time.ZoneId;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.values.PCollection;

/**
 * The live job of market data: records of fuel prices, registrations, page views and posts in, as
 * they come; the vintages of figures and rejected records out, to a {@link
 * io.autopulse.sink.live.LiveSink}. The steps are the market data job's ({@link MarketData}),
 * without an end. The names of the steps are part of a running job's state.
 */
public final class LiveMarket {
  private LiveMarket() {}

  /** Adds the live job to a pipeline. */
  public static void build(Pipeline pipeline, LivePlan plan) {
    LiveFeeds feeds = new LiveFeeds(pipeline, plan);
    PCollection<Figure> figures =
        feeds.figures().orElseThrow(() -> new IllegalStateException("no market feed"));
    // Not the plan: what a step needs travels with it.
    ZoneId timezone = plan.timezone();
    for (MarketTable table : MarketTable.values()) {
      figures
          .apply("Of " + table, Filter.by(figure -> figure.table() == table))
          .apply(
              "Drop " + table,
              DropRows.into(
                  plan.sink(),
                  LiveTable.of(table),
                  figure -> StagedRows.liveFigureRow(figure, timezone)));
    }
    feeds.dropGathered();
  }
}
