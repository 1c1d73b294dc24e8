package io.autopulse.testing;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.translation.wrappers.streaming.io.source.FlinkSourceSplit;
import org.apache.beam.runners.flink.translation.wrappers.streaming.io.source.unbounded.FlinkUnboundedSourceReader;
import org.apache.beam.sdk.io.CountingSource;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.values.ValueWithRecordId;
import org.apache.beam.sdk.values.WindowedValue;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.SimpleUserCodeClassLoader;
import org.apache.flink.util.UserCodeClassLoader;
import org.junit.jupiter.api.Test;

/** Which numbers a counting job has lost. */
class CountedNumbersTest {
  @Test
  void numberUpToTheLastOneOfItsPartIsMissing() {
    Map<Integer, Long> last = Map.of(0, 8L, 1, 9L, 2, 2L, 3, -1L);

    assertThat(CountedNumbers.missing(List.of(9L, 5L, 1L, 0L, 4L, 8L, 2L), last, 4), is(empty()));
    assertThat(
        CountedNumbers.missing(List.of(0L, 1L, 2L, 4L, 9L), last, 4), containsInAnyOrder(5L, 8L));
  }

  @Test
  void numberIsDoubledThatIsThereAgain() {
    assertThat(CountedNumbers.doubled(List.of(1L, 2L, 3L, 2L)), contains(2L));
    assertThat(CountedNumbers.doubled(List.of(1L, 2L, 3L)), is(empty()));
  }

  /**
   * A worker that goes on from a checkpoint begins with its first part, wherever the last one was
   * in its round. Here it had counted to 138 and is three numbers further: 140 to 254 are not lost.
   */
  @Test
  void workerThatGoesOnFromACheckpointReadsItsPartsOutOfOrder() throws Exception {
    List<FlinkSourceSplit<Long>> even = new ArrayList<>();
    List<UnboundedSource<Long, ?>> parts = parts();
    for (int part = 0; part < 128; part += 2) {
      even.add(new FlinkSourceSplit<>(part, parts.get(part)));
    }
    Collected numbers = new Collected();
    List<FlinkSourceSplit<Long>> checkpoint = read(even, 70, numbers);
    assertThat(numbers.subList(62, 70), contains(124L, 126L, 128L, 130L, 132L, 134L, 136L, 138L));

    List<FlinkSourceSplit<Long>> stopped = read(checkpoint, 3, numbers);

    assertThat(numbers.subList(70, 73), contains(256L, 258L, 260L));
    Map<Integer, Long> last = new TreeMap<>();
    for (FlinkSourceSplit<Long> split : stopped) {
      last.put(split.splitIndex(), CountedNumbers.lastNumber(split.getSplitState()));
    }
    assertThat(last.get(0), is(256L));
    assertThat(last.get(6), is(134L));
    assertThat(last.get(126), is(126L));
    assertThat(CountedNumbers.missing(numbers, last, 128), is(empty()));
    numbers.remove(260L);
    assertThat(CountedNumbers.missing(numbers, last, 128), contains(260L));
  }

  @SuppressWarnings("deprecation") // What GenerateSequence without an end is made of.
  private static List<UnboundedSource<Long, ?>> parts() throws Exception {
    return new ArrayList<>(CountingSource.unbounded().split(128, FlinkPipelineOptions.defaults()));
  }

  /** Reads so many numbers as a worker of Beam's Flink runner does, and stops at a checkpoint. */
  private static List<FlinkSourceSplit<Long>> read(
      List<FlinkSourceSplit<Long>> splits, int count, Collected numbers) throws Exception {
    FlinkUnboundedSourceReader<Long> reader =
        new FlinkUnboundedSourceReader<>(
            "Count", new Worker(), FlinkPipelineOptions.defaults(), null);
    reader.addSplits(splits);
    for (int i = 0; i < count; i++) {
      reader.pollNext(numbers);
    }
    List<FlinkSourceSplit<Long>> checkpoint = reader.snapshotState(1);
    reader.close();
    return checkpoint;
  }

  private static final class Collected extends ArrayList<Long>
      implements ReaderOutput<WindowedValue<ValueWithRecordId<Long>>> {
    private static final long serialVersionUID = 1L;

    @Override
    public void collect(WindowedValue<ValueWithRecordId<Long>> value) {
      add(value.getValue().getValue());
    }

    @Override
    public void collect(WindowedValue<ValueWithRecordId<Long>> value, long timestamp) {
      collect(value);
    }

    @Override
    public void emitWatermark(Watermark watermark) {}

    @Override
    public void markIdle() {}

    @Override
    public void markActive() {}

    @Override
    public SourceOutput<WindowedValue<ValueWithRecordId<Long>>> createOutputForSplit(String split) {
      return this;
    }

    @Override
    public void releaseOutputForSplit(String split) {}
  }

  private static final class Worker implements SourceReaderContext {
    @Override
    public SourceReaderMetricGroup metricGroup() {
      return UnregisteredMetricsGroup.createSourceReaderMetricGroup();
    }

    @Override
    public Configuration getConfiguration() {
      return new Configuration();
    }

    @Override
    public String getLocalHostName() {
      return "localhost";
    }

    @Override
    public int getIndexOfSubtask() {
      return 0;
    }

    @Override
    public void sendSplitRequest() {}

    @Override
    public void sendSourceEventToCoordinator(SourceEvent event) {}

    @Override
    public UserCodeClassLoader getUserCodeClassLoader() {
      return SimpleUserCodeClassLoader.create(CountedNumbersTest.class.getClassLoader());
    }
  }
}
