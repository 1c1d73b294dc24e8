package io.autopulse.pipeline.runner;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shipped configurations start the runners that they name. */
class ShippedRunnersIT {
  @ParameterizedTest
  @ValueSource(strings = {"direct", "flink-local"})
  void shippedConfigurationRunsAPipeline(String name) {
    PipelineOptions options =
        new RunnerConfigReader(Map.of()).shipped(name).toPipelineOptions(List.of());
    Pipeline pipeline = Pipeline.create(options);
    PCollection<KV<String, Long>> counts =
        pipeline.apply(Create.of("clio", "zoe", "clio")).apply(Count.perElement());
    PAssert.thatMap(counts).isEqualTo(Map.of("clio", 2L, "zoe", 1L));
    assertThat(pipeline.run().waitUntilFinish(), is(PipelineResult.State.DONE));
  }
}
