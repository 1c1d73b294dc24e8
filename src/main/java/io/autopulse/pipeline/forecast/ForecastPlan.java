package io.autopulse.pipeline.forecast;

import io.autopulse.domain.forecast.ledger.AsOf;
import io.autopulse.pipeline.manifest.JobSpec;
import io.autopulse.sink.staging.Staging;

/**
 * What one run of the forecast computes.
 *
 * @param forecast what the manifest asks for
 * @param asOf what is known
 * @param staging where the run stages, and what it has read back of the warehouse
 */
public record ForecastPlan(JobSpec.Forecast forecast, AsOf asOf, Staging staging) {}
