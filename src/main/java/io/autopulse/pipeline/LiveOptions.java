package io.autopulse.pipeline;

import io.autopulse.sink.LiveFolder;
import java.util.Map;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.sdk.options.ExperimentalOptions;
import org.apache.beam.sdk.options.PipelineOptions;

/** What a live job asks of Flink beside its runner configuration. */
final class LiveOptions {
  private LiveOptions() {}

  /** Returns the entries of Flink's configuration: where checkpoints go, and who is told. */
  static Map<String, String> flink(LiveFolder folder) {
    return Map.of(
        "state.checkpoints.dir",
        folder.checkpoints().toAbsolutePath().toUri().toString(),
        SubmittedJob.KEY,
        SubmittedJob.class.getName());
  }

  /**
   * Reads sources by Flink's own kind of source: a splittable read would keep its place in state
   * that only a portable runner divides among workers.
   */
  static void readBySource(PipelineOptions options) {
    ExperimentalOptions.addExperiment(options.as(ExperimentalOptions.class), "use_deprecated_read");
  }

  /** Lets the submission return at once: the process follows the job itself. */
  static void detach(PipelineOptions options) {
    options.as(FlinkPipelineOptions.class).setAttachedMode(false);
  }
}
