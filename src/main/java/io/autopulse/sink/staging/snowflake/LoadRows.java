package io.autopulse.sink.staging.snowflake;

import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.io.snowflake.SnowflakeIO;
import org.apache.beam.sdk.io.snowflake.enums.CreateDisposition;
import org.apache.beam.sdk.io.snowflake.enums.WriteDisposition;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;

/**
 * Loads the rows of blocks into one table of a run: SnowflakeIO writes compressed CSV files, then
 * one COPY loads them all or none. Bounded, global window. Snowflake remembers the files that a
 * table was loaded from, so a COPY that is repeated after its answer was lost loads none of them
 * again; that rows are neither lost nor doubled is audited all the same.
 */
public final class LoadRows extends PTransform<PCollection<byte[]>, PDone> {
  private static final long serialVersionUID = 1L;

  private final StagingTable table;
  private final SnowflakeIO.Write<byte[]> load;

  private LoadRows(StagingTable table, SnowflakeIO.Write<byte[]> load) {
    this.table = table;
    this.load = load;
  }

  /**
   * Returns the transform.
   *
   * @param table what the blocks hold
   * @param name the table to load, which exists
   * @param connection how to reach it
   * @param files where the files are written, of this transform alone; ends with a slash
   * @param integration the storage integration that reads there
   * @param shards how many files are written
   */
  static LoadRows into(
      StagingTable table,
      String name,
      SnowflakeIO.DataSourceConfiguration connection,
      String files,
      String integration,
      int shards) {
    return new LoadRows(
        table,
        SnowflakeIO.<byte[]>write()
            .withDataSourceConfiguration(connection)
            .to(name)
            .withStagingBucketName(files)
            .withStorageIntegrationName(integration)
            .withShardsNumber(shards)
            .withUserDataMapper(new RowText())
            .withCreateDisposition(CreateDisposition.CREATE_NEVER)
            .withWriteDisposition(WriteDisposition.APPEND));
  }

  @Override
  public PDone expand(PCollection<byte[]> blocks) {
    return blocks
        .apply("Take blocks apart", ParDo.of(new RowsFn(table)))
        .setCoder(ByteArrayCoder.of())
        .apply("Load", load);
  }

  /** Takes encoded rows apart. */
  public static final class RowsFn extends DoFn<byte[], byte[]> {
    private static final long serialVersionUID = 1L;

    private final StagingTable table;

    public RowsFn(StagingTable table) {
      this.table = table;
    }

    @ProcessElement
    public void rows(@Element byte[] block, OutputReceiver<byte[]> out) {
      table.rows(block, out::output);
    }
  }
}
