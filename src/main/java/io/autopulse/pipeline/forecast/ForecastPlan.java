package io.autopulse.pipeline.forecast;

import io.autopulse.domain.forecast.ledger.AsOf;
import io.autopulse.pipeline.manifest.JobSpec;
import io.autopulse.sink.staging.Staging;
import java.util.List;

/**
 * What one run of the forecast computes.
 *
 * @param forecast what the manifest asks for
 * @param asOf what is known
 * @param attributes what the dimensions are made of
 * @param staging where the run stages, and what it has read back of the warehouse
 */
public record ForecastPlan(
    JobSpec.Forecast forecast, AsOf asOf, List<String> attributes, Staging staging) {
  /** Copies the list. */
  public ForecastPlan {
    attributes = List.copyOf(attributes);
  }
}
