package io.autopulse.sink.staging;

import io.autopulse.sink.staging.parquet.TextRows;
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
 * Stages small rows of one table, each as its columns' texts, as blocks are staged ({@link
 * Staging}). Bounded, global window.
 *
 * @param <T> what a row is made of
 */
public final class StageRows<T> extends PTransform<PCollection<T>, PDone> {
  private static final long serialVersionUID = 1L;

  private final PTransform<PCollection<byte[]>, PDone> blocks;
  private final Columns<T> columns;

  private StageRows(PTransform<PCollection<byte[]>, PDone> blocks, Columns<T> columns) {
    this.blocks = blocks;
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
   * @param blocks stages the encoded rows
   * @param columns the texts of a row
   */
  static <T> StageRows<T> by(PTransform<PCollection<byte[]>, PDone> blocks, Columns<T> columns) {
    return new StageRows<>(blocks, columns);
  }

  @Override
  public PDone expand(PCollection<T> values) {
    return values
        .apply("Encode rows", ParDo.of(new EncodeFn<>(columns)))
        .setCoder(ByteArrayCoder.of())
        .apply("Stage rows", blocks);
  }

  /** Encodes rows as texts of their columns. */
  public static final class EncodeFn<T> extends DoFn<T, byte[]> {
    private static final long serialVersionUID = 1L;
    private final Columns<T> columns;

    public EncodeFn(Columns<T> columns) {
      this.columns = columns;
    }

    @ProcessElement
    public void encode(@Element T value, OutputReceiver<byte[]> out) {
      out.output(TextRows.encode(columns.of(value)));
    }
  }
}
