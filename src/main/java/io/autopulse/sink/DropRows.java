package io.autopulse.sink;

import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;

/**
 * Writes small rows to files of one table in a {@link LiveFolder}, each row as its columns' texts:
 * the unbounded twin of {@link StageRows}.
 *
 * @param <T> what a row is made of
 */
public final class DropRows<T> extends PTransform<PCollection<T>, PDone> {
  private static final long serialVersionUID = 1L;

  private final DropBlocks files;
  private final StageRows.Columns<T> columns;

  private DropRows(DropBlocks files, StageRows.Columns<T> columns) {
    this.files = files;
    this.columns = columns;
  }

  /**
   * Returns the transform.
   *
   * @param folder the live folder, which every worker reaches under this path
   * @param table what the rows are
   * @param columns the texts of a row
   */
  public static <T> DropRows<T> into(
      LiveFolder folder, LiveTable table, StageRows.Columns<T> columns) {
    return new DropRows<>(DropBlocks.into(folder, table), columns);
  }

  @Override
  public PDone expand(PCollection<T> values) {
    return values
        .apply("Encode rows", ParDo.of(new StageRows.EncodeFn<>(columns)))
        .setCoder(ByteArrayCoder.of())
        .apply("Drop rows", files);
  }
}
