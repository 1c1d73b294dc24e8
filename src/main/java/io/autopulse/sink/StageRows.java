package io.autopulse.sink;

import java.io.ByteArrayOutputStream;
import java.io.Serializable;
import java.util.List;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
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
  private final String table;
  private final String branch;
  private final Columns<T> columns;

  private StageRows(String staging, String table, String branch, Columns<T> columns) {
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
   * @param table the table's name
   * @param branch which of the pipeline's branches writes to the table
   * @param columns the texts of a row
   */
  public static <T> StageRows<T> to(
      String staging, String table, String branch, Columns<T> columns) {
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
    private static final int BLOCK_BYTES = 256 << 10;
    private final Columns<T> columns;
    private transient ByteArrayOutputStream rows;

    @SuppressWarnings("NullAway.Init") // Beam calls @StartBundle before anything else.
    EncodeFn(Columns<T> columns) {
      this.columns = columns;
    }

    @StartBundle
    public void startBundle() {
      rows = new ByteArrayOutputStream();
    }

    @ProcessElement
    public void encode(@Element T value, OutputReceiver<byte[]> out) {
      rows.writeBytes(TextRows.encode(columns.of(value)));
      if (rows.size() >= BLOCK_BYTES) {
        out.output(rows.toByteArray());
        rows.reset();
      }
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) {
      if (rows.size() > 0) {
        context.output(
            rows.toByteArray(), GlobalWindow.INSTANCE.maxTimestamp(), GlobalWindow.INSTANCE);
      }
    }
  }
}
