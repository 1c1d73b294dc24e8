package io.autopulse.pipeline.live;

import io.autopulse.pipeline.flink.SubmittedJob;
import io.autopulse.sink.live.LiveFolder;
import java.util.Map;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.sdk.options.ExperimentalOptions;
import org.apache.beam.sdk.options.PipelineOptions;

/** What a live job asks of Flink beside its runner configuration. */
public final class LiveOptions {
  private LiveOptions() {}

  /** Returns the entries of Flink's configuration: where checkpoints go, and who is told. */
  public static Map<String, String> flink(LiveFolder folder) {
    return Map.of(
        "state.checkpoints.dir",
        folder.checkpoints().toAbsolutePath().toUri().toString(),
        SubmittedJob.KEY,
        SubmittedJob.class.getName());
  }

  /**
   * Sets what does not depend on where the job runs.
   *
   * <p>Sources are read by Flink's own kind of source: a splittable read would keep its place in
   * state that only a portable runner divides among workers. Bundles end before a checkpoint's
   * barrier: Beam's default lets them end behind it and keeps back what they gave, which a
   * watermark then overtakes, so that records come late that were not. The submission returns at
   * once: the process follows the job itself.
   */
  public static void set(PipelineOptions options) {
    ExperimentalOptions.addExperiment(options.as(ExperimentalOptions.class), "use_deprecated_read");
    FlinkPipelineOptions flink = options.as(FlinkPipelineOptions.class);
    flink.setFinishBundleBeforeCheckpointing(true);
    flink.setAttachedMode(false);
  }
}
