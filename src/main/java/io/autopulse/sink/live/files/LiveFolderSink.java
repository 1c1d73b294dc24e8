package io.autopulse.sink.live.files;

import io.autopulse.sink.live.LiveFolder;
import io.autopulse.sink.live.LiveSink;
import io.autopulse.sink.live.LiveTable;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;

/**
 * Drops a live job's rows as files that a {@link LiveLoader} loads.
 *
 * @param folder the live folder, which every worker reaches under this path
 */
public record LiveFolderSink(LiveFolder folder) implements LiveSink {
  @Override
  public PTransform<PCollection<byte[]>, PDone> rows(LiveTable table) {
    return DropBlocks.into(folder, table);
  }

  @Override
  public boolean gathersRejected() {
    return false;
  }
}
