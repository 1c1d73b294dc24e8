package io.autopulse.sink.staging.parquet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.autopulse.domain.sale.block.LittleEndian;
import io.autopulse.warehouse.table.TableColumn;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of small tables. In a block a row is the texts of its values, each an {@code int} length, -1
 * for null, and UTF-8; in the file each column has its own type, and takes nulls.
 */
public final class TextRows implements ParquetRows {
  private final List<Column> columns;
  private final ParquetFile file;

  /** Starts a file of these columns; closing it closes the channel. */
  public TextRows(WritableByteChannel out, List<TableColumn> columns) throws IOException {
    this.columns = columns.stream().map(TextRows::nullable).toList();
    file = new ParquetFile(out, this.columns);
  }

  // Also of keys and required columns, so that an audit reports a null and names it.
  private static Column nullable(TableColumn column) {
    ColumnType type = ColumnType.of(column.type());
    return switch (type) {
      case TEXT -> TextColumn.nullable(column.name());
      case BOOLEAN -> BooleanColumn.nullable(column.name());
      case INTEGER, BIGINT, DATE, TIMESTAMP, AMOUNT, UNIT_PRICE, MEASURE, SHARE ->
          NumberColumn.nullable(column.name(), type);
    };
  }

  /** Returns a row as a block. */
  public static byte[] encode(List<? extends @Nullable String> row) {
    byte[][] texts = new byte[row.size()][];
    int length = 0;
    for (int i = 0; i < texts.length; i++) {
      String text = row.get(i);
      byte[] bytes = text == null ? null : text.getBytes(UTF_8);
      if (bytes != null) {
        texts[i] = bytes;
        length += bytes.length;
      }
      length += 4;
    }
    byte[] encoded = new byte[length];
    int at = 0;
    for (byte @Nullable [] text : texts) {
      LittleEndian.putInt(encoded, at, text == null ? -1 : text.length);
      at += 4;
      if (text != null) {
        System.arraycopy(text, 0, encoded, at, text.length);
        at += text.length;
      }
    }
    return encoded;
  }

  @Override
  public void add(byte[] block) throws IOException {
    int at = 0;
    while (at < block.length) {
      for (Column column : columns) {
        int length = LittleEndian.getInt(block, at);
        at += 4;
        if (length < 0) {
          column.addNull();
        } else {
          column.addText(block, at, length);
          at += length;
        }
      }
      file.endRow();
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
