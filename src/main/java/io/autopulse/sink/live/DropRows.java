package io.autopulse.sink.live;

import io.autopulse.sink.staging.StageRows;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;

/**
 * Hands small rows of one table to a {@link LiveSink}, each row as its columns' texts: the
 * unbounded twin of {@link StageRows}.
 *
 * @param <T> what a row is made of
 */
public final class DropRows<T> extends PTransform<PCollection<T>, PDone> {
  private static final long serialVersionUID = 1L;

  private final PTransform<PCollection<byte[]>, PDone> rows;
  private final StageRows.Columns<T> columns;

  private DropRows(PTransform<PCollection<byte[]>, PDone> rows, StageRows.Columns<T> columns) {
    this.rows = rows;
    this.columns = columns;
  }

  /**
   * Returns the transform.
   *
   * @param sink takes the rows
   * @param table what the rows are
   * @param columns the texts of a row
   */
  public static <T> DropRows<T> into(LiveSink sink, LiveTable table, StageRows.Columns<T> columns) {
    return new DropRows<>(sink.rows(table), columns);
  }

  @Override
  public PDone expand(PCollection<T> values) {
    return values
        .apply("Encode rows", ParDo.of(new StageRows.EncodeFn<>(columns)))
        .setCoder(ByteArrayCoder.of())
        .apply("Drop rows", rows);
  }
}
