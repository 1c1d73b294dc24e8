package io.autopulse.testing;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.beam.runners.flink.translation.wrappers.streaming.io.source.FlinkSourceSplit;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.io.SimpleVersionedSerialization;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.state.OperatorStateHandle;

/**
 * What a counting job must have dropped by a checkpoint. Flink reads Beam's counting source in as
 * many parts as the job's {@code maxParallelism}: part <i>p</i> of 128 counts <i>p</i>, <i>p</i> +
 * 128, <i>p</i> + 256, … A worker reads its parts in turn, and one that has to catch up may be a
 * round ahead in one part and behind in the next. So the numbers of all parts together have gaps
 * whenever the job is stopped; the numbers of one part have none, up to the part's last number,
 * which the checkpoint holds.
 */
public final class CountedNumbers {
  private static final String SPLITS = "SourceReaderState";

  private CountedNumbers() {}

  /**
   * Returns the last number that each part of the source had counted at a checkpoint.
   *
   * @param checkpoint the folder of a checkpoint or savepoint of a job with one counting source
   * @throws IOException if it cannot be read, for instance since Flink has deleted it
   */
  public static Map<Integer, Long> lastNumbers(Path checkpoint) throws IOException {
    Map<Integer, Long> last = new TreeMap<>();
    for (OperatorState operator : metadata(checkpoint).getOperatorStates()) {
      for (OperatorSubtaskState subtask : operator.getStates()) {
        for (OperatorStateHandle handle : subtask.getManagedOperatorState()) {
          OperatorStateHandle.StateMetaInfo splits =
              handle.getStateNameToPartitionOffsets().get(SPLITS);
          if (splits != null) {
            read(handle, splits.getOffsets(), last);
          }
        }
      }
    }
    return last;
  }

  private static CheckpointMetadata metadata(Path checkpoint) throws IOException {
    try (DataInputStream in =
        new DataInputStream(Files.newInputStream(checkpoint.resolve("_metadata")))) {
      return Checkpoints.loadCheckpointMetadata(
          in, CountedNumbers.class.getClassLoader(), checkpoint.toUri().toString());
    }
  }

  private static void read(OperatorStateHandle handle, long[] offsets, Map<Integer, Long> last)
      throws IOException {
    try (FSDataInputStream in = handle.openInputStream()) {
      for (long offset : offsets) {
        in.seek(offset);
        DataInputStream data = new DataInputStream(in);
        byte[] written = new byte[data.readInt()];
        data.readFully(written);
        FlinkSourceSplit<Long> split =
            SimpleVersionedSerialization.readVersionAndDeSerialize(
                FlinkSourceSplit.<Long>serializer(), written);
        byte[] mark = split.getSplitState();
        if (mark != null) {
          last.put(split.splitIndex(), lastNumber(mark));
        }
      }
    }
  }

  /** Returns the last number that a mark of the counting source holds: its first eight bytes. */
  static long lastNumber(byte[] mark) {
    return ByteBuffer.wrap(mark).getLong();
  }

  /**
   * Returns the numbers that are lost: those up to the last one of their part that are not there.
   *
   * @param numbers what was dropped, in any order
   * @param last the last number of each part
   * @param parts how many parts the source has
   */
  public static List<Long> missing(Collection<Long> numbers, Map<Integer, Long> last, int parts) {
    Set<Long> there = new HashSet<>(numbers);
    List<Long> missing = new ArrayList<>();
    last.forEach(
        (part, end) -> {
          for (long number = part; number <= end; number += parts) {
            if (!there.contains(number)) {
              missing.add(number);
            }
          }
        });
    return missing;
  }

  /** Returns the numbers that are there more than once. */
  public static List<Long> doubled(Collection<Long> numbers) {
    Set<Long> seen = new HashSet<>();
    return numbers.stream().filter(number -> !seen.add(number)).toList();
  }
}
