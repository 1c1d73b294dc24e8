package io.autopulse.sink.staging.parquet;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Util;

/**
 * A Parquet file in the making: columns are filled row by row, and {@link #endRow} writes a row
 * group when enough rows are there. Uncompressed, because staged files live for seconds. Closing
 * writes the last row group and the footer; a file that was not closed is none.
 *
 * <p>Source: the Apache Parquet format, <a
 * href="https://github.com/apache/parquet-format">parquet-format</a> 2.10.
 */
final class ParquetFile implements Closeable {
  /** Rows of a row group: what DuckDB, too, reads at a time in one thread. */
  static final int GROUP_ROWS = 122_880;

  private static final byte[] MAGIC = "PAR1".getBytes(US_ASCII);

  private final WritableByteChannel out;
  private final List<Column> columns;
  private final PageWriter pages;
  private final List<RowGroup> groups = new ArrayList<>();
  private int groupRows;
  private long rows;

  /** Starts a file; closing it closes the channel. */
  ParquetFile(WritableByteChannel out, List<? extends Column> columns) throws IOException {
    this.out = out;
    this.columns = List.copyOf(columns);
    pages = new PageWriter(out);
    pages.write(ByteBuffer.wrap(MAGIC));
  }

  /**
   * Ends a row, to which each column was given a value or a null.
   *
   * @return whether a row group was written, so that no code of a {@link TermColumn} is good any
   *     more
   */
  boolean endRow() throws IOException {
    groupRows++;
    if (groupRows < GROUP_ROWS) {
      return false;
    }
    endGroup();
    return true;
  }

  private void endGroup() throws IOException {
    List<ColumnChunk> chunks = new ArrayList<>(columns.size());
    long start = pages.position();
    for (Column column : columns) {
      if (column.rows() != groupRows) {
        throw new IllegalStateException("a column has " + column.rows() + " of " + groupRows);
      }
      chunks.add(column.write(pages));
    }
    groups.add(new RowGroup(chunks, pages.position() - start, groupRows));
    rows += groupRows;
    groupRows = 0;
  }

  @Override
  public void close() throws IOException {
    try (out) {
      if (groupRows > 0) {
        endGroup();
      }
      List<SchemaElement> schema = new ArrayList<>();
      SchemaElement root = new SchemaElement("row");
      root.setNum_children(columns.size());
      schema.add(root);
      columns.forEach(column -> schema.add(column.schema()));
      ByteArrayOutputStream footer = new ByteArrayOutputStream();
      Util.writeFileMetaData(new FileMetaData(1, schema, rows, groups), footer);
      ByteBuffer end =
          ByteBuffer.allocate(footer.size() + 4 + MAGIC.length).order(ByteOrder.LITTLE_ENDIAN);
      end.put(footer.toByteArray()).putInt(footer.size()).put(MAGIC).flip();
      pages.write(end);
    }
  }
}
