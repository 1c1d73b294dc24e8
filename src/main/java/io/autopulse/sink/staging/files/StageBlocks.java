package io.autopulse.sink.staging.files;

import io.autopulse.sink.staging.StagedTable;
import io.autopulse.sink.staging.parquet.ParquetRows;
import java.io.IOException;
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
 * Writes the rows of blocks to staged Parquet files of one table, a file a bundle, and then the
 * index of those files ({@link StageIndex}). A bundle that fails leaves its file behind, but not
 * its name: only what an index names is read, so that no block is staged twice. Bounded, global
 * window.
 *
 * <p>Each branch of a pipeline that stages has an index of its own. Branches that met again in one
 * would make Flink's optimizer fear a deadlock and send every shuffle of theirs through compressed
 * files.
 */
public final class StageBlocks extends PTransform<PCollection<byte[]>, PDone> {
  private static final long serialVersionUID = 1L;

  private final String staging;
  private final StagedTable table;
  private final String branch;

  private StageBlocks(String staging, StagedTable table, String branch) {
    this.staging = staging;
    this.table = table;
    this.branch = branch;
  }

  /**
   * Returns the transform.
   *
   * @param staging the run's staging folder, reachable from every worker and the launching process
   * @param table what the blocks hold
   * @param branch which of the pipeline's branches writes to the table
   */
  public static StageBlocks to(String staging, StagedTable table, String branch) {
    return new StageBlocks(staging, table, branch);
  }

  @Override
  public PDone expand(PCollection<byte[]> blocks) {
    return blocks
        .apply("Write", ParDo.of(new WriteFn(staging, table)))
        .setCoder(StringUtf8Coder.of())
        .apply("Index", StageIndex.of(staging, StagedFiles.index(table, branch)));
  }

  static final class WriteFn extends DoFn<byte[], String> {
    private static final long serialVersionUID = 1L;

    private final String staging;
    private final StagedTable table;
    private String file = "";
    private transient @Nullable ParquetRows rows;

    WriteFn(String staging, StagedTable table) {
      this.staging = staging;
      this.table = table;
    }

    @ProcessElement
    public void write(@Element byte[] block) throws IOException {
      ParquetRows open = rows;
      if (open == null) {
        file = table + "/" + UUID.randomUUID() + StagedFiles.SUFFIX;
        open = table.write(StagedFiles.create(staging, file));
        rows = open;
      }
      open.add(block);
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) throws IOException {
      if (close()) {
        context.output(file, GlobalWindow.INSTANCE.maxTimestamp(), GlobalWindow.INSTANCE);
      }
    }

    @Teardown
    public void tearDown() throws IOException {
      close();
    }

    private boolean close() throws IOException {
      ParquetRows open = rows;
      rows = null;
      if (open != null) {
        open.close();
      }
      return open != null;
    }
  }
}
