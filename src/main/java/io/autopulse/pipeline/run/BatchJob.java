package io.autopulse.pipeline.run;

import io.autopulse.domain.feed.Feed;
import io.autopulse.domain.feed.RawBlock;
import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.sink.publish.Publication;
import io.autopulse.sink.staging.StagedTable;
import io.autopulse.sink.staging.Staging;
import io.autopulse.source.warehouse.WarehouseSnapshot;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.beam.sdk.Pipeline;

/**
 * What is particular to one kind of job that ends: what it computes, and what it publishes. Whoever
 * makes one has looked at its sources and refused what the kind has not.
 */
public interface BatchJob {
  /** Returns the business dates asked for. */
  BusinessInterval requested();

  /** Returns the business dates recomputed. */
  BusinessInterval covered();

  /**
   * Returns how many bytes are read, for the number of staging shards; 0 if unknown, as of a
   * database.
   */
  long bytes();

  /** Returns what the run stages. */
  Set<StagedTable> tables();

  /** Returns what the warehouse is asked before the pipeline starts. */
  List<WarehouseSnapshot.Query> readBack(Staging staging);

  /**
   * Adds the job to a pipeline.
   *
   * @param staging where the run stages
   * @param replayed rejected records of an earlier run that are read again, by feed
   */
  void build(Pipeline pipeline, Staging staging, Map<Feed, List<RawBlock>> replayed);

  /**
   * Returns what is to be published.
   *
   * @param runId the run
   * @param runner the runner's name
   * @param place where the run staged
   */
  Publication publication(String runId, String runner, String place);
}
