package io.autopulse.transform.record;

import io.autopulse.transform.record.Counts.Measure;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/**
 * The {@link Counts} of a followed feed in; nothing out: which keys its JSON records lack goes to
 * the runner's metrics and to {@link RunProgress}, for a live job has no summary of its records. A
 * retried bundle counts twice.
 */
public final class WatchKeys extends PTransform<PCollection<KV<String, Long>>, PCollection<Void>> {
  private static final long serialVersionUID = 1L;

  @Override
  public PCollection<Void> expand(PCollection<KV<String, Long>> counts) {
    return counts.apply("Watch", ParDo.of(new WatchFn()));
  }

  private static final class WatchFn extends DoFn<KV<String, Long>, Void> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void watch(@Element KV<String, Long> count) {
      String[] parts = count.getKey().split("/", 3);
      if (parts[1].equals(Counts.ABSENT)) {
        LiveMetrics.absent(parts[0], parts[2]).inc(count.getValue());
        RunProgress.keys(count.getKey(), count.getValue());
      } else if (parts[1].equals(Measure.KEYED.name())) {
        RunProgress.keys(count.getKey(), count.getValue());
      }
    }
  }
}
