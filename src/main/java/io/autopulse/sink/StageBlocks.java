package io.autopulse.sink;

import io.autopulse.domain.sale.LittleEndian;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import org.apache.beam.sdk.io.FileIO;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;

/**
 * Writes blocks to this run's staged files of one table: {@code STAGING/TABLE/part-*.blocks}. Files
 * appear under their names when they are complete (FileIO's temporary files and renaming), so that
 * a retried bundle leaves no block twice. Bounded, global window.
 */
public final class StageBlocks extends PTransform<PCollection<byte[]>, PDone> {
  private static final long serialVersionUID = 1L;

  private final String folder;

  private StageBlocks(String folder) {
    this.folder = folder;
  }

  /**
   * Returns the transform.
   *
   * @param staging the run's staging folder, reachable from every worker and the launching process
   * @param table the table's name
   */
  public static StageBlocks to(String staging, String table) {
    return new StageBlocks(staging + "/" + table);
  }

  @Override
  public PDone expand(PCollection<byte[]> blocks) {
    blocks.apply(
        "Write",
        FileIO.<byte[]>write()
            .via(new BlockSink())
            .to(folder)
            .withPrefix("part")
            .withSuffix(BlockFiles.SUFFIX));
    return PDone.in(blocks.getPipeline());
  }

  private static final class BlockSink implements FileIO.Sink<byte[]> {
    private static final long serialVersionUID = 1L;
    private transient WritableByteChannel channel;
    private final byte[] length = new byte[4];

    @SuppressWarnings("NullAway.Init") // FileIO calls open before anything else.
    BlockSink() {}

    @Override
    public void open(WritableByteChannel opened) {
      channel = opened;
    }

    @Override
    public void write(byte[] block) throws IOException {
      LittleEndian.putInt(length, 0, block.length);
      write(ByteBuffer.wrap(length));
      write(ByteBuffer.wrap(block));
    }

    private void write(ByteBuffer bytes) throws IOException {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }

    @Override
    public void flush() {}
  }
}
