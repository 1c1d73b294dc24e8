package io.autopulse.pipeline.live;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.sdk.options.ExperimentalOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;

class LiveOptionsTest {
  @Test
  void bundlesEndBeforeABarrierWhateverTheRunnerConfigurationSays() {
    FlinkPipelineOptions options = PipelineOptionsFactory.as(FlinkPipelineOptions.class);
    options.setFinishBundleBeforeCheckpointing(false);
    options.setAttachedMode(true);

    LiveOptions.set(options);

    assertThat(options.getFinishBundleBeforeCheckpointing(), is(true));
    assertThat(options.getAttachedMode(), is(false));
    assertThat(
        options.as(ExperimentalOptions.class).getExperiments(), hasItem("use_deprecated_read"));
  }
}
