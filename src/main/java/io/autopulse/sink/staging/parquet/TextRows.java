package io.autopulse.sink.staging.parquet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.autopulse.domain.sale.block.LittleEndian;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of nullable texts: the form of small tables. In a block a row is its texts, each an {@code
 * int} length, -1 for null, and UTF-8.
 */
public final class TextRows implements ParquetRows {
  private final List<TextColumn> columns;
  private final ParquetFile file;

  /** Starts a file of these columns; closing it closes the channel. */
  public TextRows(WritableByteChannel out, List<String> columns) throws IOException {
    this.columns = columns.stream().map(TextColumn::nullable).toList();
    file = new ParquetFile(out, this.columns);
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
      for (TextColumn column : columns) {
        int length = LittleEndian.getInt(block, at);
        at += 4;
        if (length < 0) {
          column.addNull();
        } else {
          column.add(block, at, length);
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
