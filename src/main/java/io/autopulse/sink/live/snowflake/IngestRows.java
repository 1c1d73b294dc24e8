package io.autopulse.sink.live.snowflake;

import io.autopulse.sink.staging.snowflake.LoadRows;
import io.autopulse.sink.staging.snowflake.StagingTable;
import io.autopulse.warehouse.snowflake.SnowflakePipe;
import io.autopulse.warehouse.snowflake.SnowflakeSettings;
import java.time.Duration;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.io.snowflake.SnowflakeIO;
import org.apache.beam.sdk.io.snowflake.services.SnowflakeServices;
import org.apache.beam.sdk.io.snowflake.services.SnowflakeStreamingServiceConfig;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;

/**
 * Appends the rows of blocks to a table by its pipe: the unbounded twin of {@link LoadRows}.
 * SnowflakeIO writes a compressed CSV file whenever rows have waited for the flush time, or there
 * are {@value #MOST_ROWS} of them, and another flush time later names the files to Snowpipe. Rows
 * and files that wait are a part of the job's state. A job that goes on from a checkpoint may write
 * rows once more, under names that no file had before ({@link OwnFolder}): a row comes at least
 * once. A call that Snowpipe does not take is repeated for a while, and then fails the bundle.
 */
final class IngestRows extends PTransform<PCollection<byte[]>, PDone> {
  private static final long serialVersionUID = 1L;

  /** Bounds a file, at some 5 MB compressed, and what waits in the state. */
  private static final int MOST_ROWS = 100_000;

  /** Snowpipe's costs are by the file, and one worker writes more than a dealer group sells. */
  private static final int SHARDS = 1;

  private final StagingTable rows;
  private final SnowflakeIO.Write<byte[]> write;

  private IngestRows(StagingTable rows, SnowflakeIO.Write<byte[]> write) {
    this.rows = rows;
    this.write = write;
  }

  /**
   * Returns the transform.
   *
   * @param table to append to
   * @param settings how to reach it
   * @param stage the stage that its pipe reads
   * @param runId the run, whose files have a folder of their own
   * @param text makes a line of a row
   * @param flush how long rows wait for more
   */
  static IngestRows into(
      PipeTable table,
      SnowflakeSettings settings,
      String stage,
      String runId,
      PipeRowText text,
      Duration flush) {
    String location = table.folder(stage);
    return new IngestRows(
        table.rows(),
        SnowflakeIO.<byte[]>write()
            .withDataSourceConfiguration(settings.dataSource())
            .withStagingBucketName(new OwnFolder(location + runId + "/"))
            .withSnowPipe(table.pipe())
            .withFlushTimeLimit(org.joda.time.Duration.millis(flush.toMillis()))
            .withFlushRowLimit(MOST_ROWS)
            .withShardsNumber(SHARDS)
            .withUserDataMapper(text)
            .withSnowflakeServices(new Services(settings.pipe(table.pipe()), location)));
  }

  @Override
  public PDone expand(PCollection<byte[]> blocks) {
    return blocks
        .apply("Take blocks apart", ParDo.of(new LoadRows.RowsFn(rows)))
        .setCoder(ByteArrayCoder.of())
        .apply("Load", write);
  }

  /**
   * Names files to a pipe. SnowflakeIO's own service speaks to port 443 only, and takes a file's
   * folder away from its name. Of the interface's calls, those that read and those for input with
   * an end are never made by a pipe's write.
   */
  private static final class Services
      implements SnowflakeServices, SnowflakeServices.StreamingService {
    private static final long serialVersionUID = 1L;

    private final SnowflakePipe pipe;
    private final String location;

    Services(SnowflakePipe pipe, String location) {
      this.pipe = pipe;
      this.location = location;
    }

    @Override
    public StreamingService getStreamingService() {
      return this;
    }

    @Override
    public void write(SnowflakeStreamingServiceConfig files) {
      pipe.ingest(files.getFilesList().stream().map(this::name).toList());
    }

    /** Takes away SnowflakeIO's quotation marks, and where the pipe looks by itself. */
    private String name(String quoted) {
      String file = quoted.substring(1, quoted.length() - 1);
      if (!file.startsWith(location)) {
        throw new IllegalStateException(file + " is not in " + location);
      }
      return file.substring(location.length());
    }

    @Override
    public String read(SnowflakeStreamingServiceConfig files) {
      throw new UnsupportedOperationException("a pipe writes");
    }

    @Override
    public BatchService getBatchService() {
      throw new UnsupportedOperationException("a pipe has no end");
    }
  }
}
