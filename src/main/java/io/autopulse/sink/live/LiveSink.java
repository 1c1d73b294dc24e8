package io.autopulse.sink.live;

import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;

/**
 * Where a live job's rows go. Whatever takes them may get a row twice, after the job has gone on
 * from a checkpoint; none gets lost.
 */
public interface LiveSink {
  /** Returns a transform that takes the blocks, or encoded rows, of a table. */
  PTransform<PCollection<byte[]>, PDone> rows(LiveTable table);

  /**
   * Tells whether all rejected records should come by one step, because each step has files of its
   * own that cost.
   */
  boolean gathersRejected();
}
