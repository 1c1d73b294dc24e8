package io.autopulse.pipeline.trend;

import io.autopulse.domain.kpi.Dimension;
import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.sink.staging.Staging;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/**
 * What one run of the weekly trends computes.
 *
 * @param timezone of the weeks
 * @param currency the reporting currency
 * @param dimensions whose members have features
 * @param covered the business dates whose whole weeks are computed
 * @param asOf weeks that end on this business date or later are not closed
 * @param shards how many parts the sales are resolved in, each in a worker's memory
 * @param staging where the run stages, and what it has read back of the warehouse
 */
public record TrendPlan(
    ZoneId timezone,
    String currency,
    List<Dimension> dimensions,
    BusinessInterval covered,
    LocalDate asOf,
    int shards,
    Staging staging) {
  /** Copies the list. */
  public TrendPlan {
    dimensions = List.copyOf(dimensions);
  }
}
