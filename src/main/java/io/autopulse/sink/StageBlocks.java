package io.autopulse.sink;

import io.autopulse.domain.sale.LittleEndian;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.UUID;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;
import org.jspecify.annotations.Nullable;

/**
 * Writes blocks to staged files of one table, a file a bundle, and then the index of those files
 * ({@link StageIndex}). A bundle that fails leaves its file behind, but not its name: only what an
 * index names is read, so that no block is staged twice. Bounded, global window.
 *
 * <p>Each branch of a pipeline that stages has an index of its own. Branches that met again in one
 * would make Flink's optimizer fear a deadlock and send every shuffle of theirs through compressed
 * files.
 */
public final class StageBlocks extends PTransform<PCollection<byte[]>, PDone> {
  private static final long serialVersionUID = 1L;

  private final String staging;
  private final String table;
  private final String branch;

  private StageBlocks(String staging, String table, String branch) {
    this.staging = staging;
    this.table = table;
    this.branch = branch;
  }

  /**
   * Returns the transform.
   *
   * @param staging the run's staging folder, reachable from every worker and the launching process
   * @param table the table's name
   * @param branch which of the pipeline's branches writes to the table
   */
  public static StageBlocks to(String staging, String table, String branch) {
    return new StageBlocks(staging, table, branch);
  }

  @Override
  public PDone expand(PCollection<byte[]> blocks) {
    return blocks
        .apply("Write", ParDo.of(new WriteFn(staging, table)))
        .setCoder(StringUtf8Coder.of())
        .apply("Index", StageIndex.of(staging, BlockFiles.index(table, branch)));
  }

  static final class WriteFn extends DoFn<byte[], String> {
    private static final long serialVersionUID = 1L;

    private final String staging;
    private final String table;
    private final byte[] length = new byte[4];
    private String file = "";
    private transient @Nullable WritableByteChannel channel;

    WriteFn(String staging, String table) {
      this.staging = staging;
      this.table = table;
    }

    @ProcessElement
    public void write(@Element byte[] block) throws IOException {
      WritableByteChannel open = channel;
      if (open == null) {
        file = table + "/" + UUID.randomUUID() + BlockFiles.SUFFIX;
        open = BlockFiles.create(staging, file);
        channel = open;
      }
      LittleEndian.putInt(length, 0, block.length);
      write(open, length);
      write(open, block);
    }

    private static void write(WritableByteChannel channel, byte[] bytes) throws IOException {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) throws IOException {
      WritableByteChannel open = channel;
      if (open != null) {
        channel = null;
        open.close();
        context.output(file, GlobalWindow.INSTANCE.maxTimestamp(), GlobalWindow.INSTANCE);
      }
    }

    @Teardown
    public void tearDown() throws IOException {
      WritableByteChannel open = channel;
      if (open != null) {
        channel = null;
        open.close();
      }
    }
  }
}
