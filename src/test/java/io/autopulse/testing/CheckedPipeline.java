package io.autopulse.testing;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.values.PCollection;

/**
 * A pipeline on the DirectRunner and checks of its collections, every one of which must have run:
 * Beam's TestPipeline without JUnit 4.
 */
public final class CheckedPipeline {
  private final Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.create());
  private long checks;

  /** Checks elements; throws if they are not as they should be. */
  @FunctionalInterface
  public interface Check<T> extends Serializable {
    void accept(List<T> elements);
  }

  public Pipeline pipeline() {
    return pipeline;
  }

  public <T> void check(PCollection<T> collection, Check<T> check) {
    PAssert.that(collection)
        .satisfies(
            elements -> {
              List<T> list = new ArrayList<>();
              elements.forEach(list::add);
              check.accept(list);
              return null;
            });
    checks++;
  }

  public void run() {
    MetricsFilter successes =
        MetricsFilter.builder()
            .addNameFilter(MetricNameFilter.named(PAssert.class, PAssert.SUCCESS_COUNTER))
            .build();
    long succeeded = 0;
    for (MetricResult<Long> counter :
        pipeline.run().metrics().queryMetrics(successes).getCounters()) {
      succeeded += counter.getAttempted();
    }
    assertThat("checks that ran", succeeded, is(checks));
  }
}
