package io.autopulse.pipeline.manifest;

import io.autopulse.domain.market.MarketNames;
import java.util.Optional;

/** What a manifest says of its kind of job alone. */
public sealed interface JobSpec {
  /** Returns the kind. */
  JobKind kind();

  /**
   * Of a job that refreshes sales and their KPIs.
   *
   * @param lookback how far back a run without dates goes
   * @param kpis which KPIs are computed
   */
  record Refresh(Lookback lookback, KpiSpec kpis) implements JobSpec {
    @Override
    public JobKind kind() {
      return JobKind.REFRESH;
    }
  }

  /**
   * Of a job that merges what market feeds hold.
   *
   * @param mappings how their names are mapped to our members
   */
  record Market(MarketNames mappings) implements JobSpec {
    @Override
    public JobKind kind() {
      return JobKind.MARKET;
    }
  }

  /**
   * Of a job that computes trend features of what the warehouse holds.
   *
   * @param lookback how far back a run without dates goes
   * @param trends which features
   */
  record Trends(Lookback lookback, TrendSpec trends) implements JobSpec {
    @Override
    public JobKind kind() {
      return JobKind.TRENDS;
    }
  }

  /**
   * Of a job that follows sales.
   *
   * @param refresh what it computes, and what a backfill or a replay of the same sales does
   * @param live how it runs
   * @param trends which trend features it computes; empty for none
   * @param mappings how names of the market feeds that trends need are mapped to our members
   */
  record LiveSales(Refresh refresh, LiveSpec live, Optional<TrendSpec> trends, MarketNames mappings)
      implements JobSpec {
    @Override
    public JobKind kind() {
      return JobKind.LIVE_SALES;
    }
  }

  /**
   * Of a job that follows market feeds.
   *
   * @param market what it computes, and what a replay of the same feeds does
   * @param live how it runs
   */
  record LiveMarket(Market market, LiveSpec live) implements JobSpec {
    @Override
    public JobKind kind() {
      return JobKind.LIVE_MARKET;
    }
  }
}
