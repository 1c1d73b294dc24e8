package io.autopulse.sink;

import io.autopulse.sink.parquet.TextRows;
import java.io.Serializable;
import java.util.List;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;
import org.jspecify.annotations.Nullable;

/**
 * Writes small rows to staged files of one table, each row as its columns' texts ({@link
 * StageBlocks}). Bounded, global window.
 *
 * @param <T> what a row is made of
 */
public final class StageRows<T> extends PTransform<PCollection<T>, PDone> {
  private static final long serialVersionUID = 1L;

  private final String staging;
  private final StagedTable table;
  private final String branch;
  private final Columns<T> columns;

  private StageRows(String staging, StagedTable table, String branch, Columns<T> columns) {
    this.staging = staging;
    this.table = table;
    this.branch = branch;
    this.columns = columns;
  }

  /**
   * The texts of a row in the order of the table's columns.
   *
   * @param <T> what a row is made of
   */
  @FunctionalInterface
  public interface Columns<T> extends Serializable {
    /** Returns the row's texts. */
    List<@Nullable String> of(T value);
  }

  /**
   * Returns the transform.
   *
   * @param staging the run's staging folder
   * @param table what the rows are
   * @param branch which of the pipeline's branches writes to the table
   * @param columns the texts of a row
   */
  public static <T> StageRows<T> to(
      String staging, StagedTable table, String branch, Columns<T> columns) {
    return new StageRows<>(staging, table, branch, columns);
  }

  @Override
  public PDone expand(PCollection<T> values) {
    return values
        .apply("Encode rows", ParDo.of(new EncodeFn<>(columns)))
        .setCoder(ByteArrayCoder.of())
        .apply("Stage rows", StageBlocks.to(staging, table, branch));
  }

  static final class EncodeFn<T> extends DoFn<T, byte[]> {
    private static final long serialVersionUID = 1L;
    private final Columns<T> columns;

    EncodeFn(Columns<T> columns) {
      this.columns = columns;
    }

    @ProcessElement
    public void encode(@Element T value, OutputReceiver<byte[]> out) {
      out.output(TextRows.encode(columns.of(value)));
    }
  }
}
