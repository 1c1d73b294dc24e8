package io.autopulse.sink.staging.parquet;

import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.SchemaElement;

/**
 * The values of one column of the row group in the making. Values are added row by row, nulls by
 * {@link #addNull}; {@link ParquetFile} writes them as one data page, uncompressed, after a
 * dictionary page if the column has one. Not safe for use by several threads.
 */
abstract class Column {
  private final String name;
  private final ColumnType type;
  private final boolean nullable;
  // Of each row whether it has a value; filled only from the first null on.
  private int[] present = new int[0];
  private int rows;
  private int nulls;

  Column(String name, ColumnType type, boolean nullable) {
    this.name = name;
    this.type = type;
    this.nullable = nullable;
  }

  /** Returns the number of rows since the last row group was written. */
  final int rows() {
    return rows;
  }

  /** Adds a null. */
  final void addNull() {
    if (!nullable) {
      throw new IllegalStateException("the column " + name + " takes no null");
    }
    if (nulls == 0) {
      if (present.length <= rows) {
        present = new int[Math.max(1 << 10, rows + 1)];
      }
      Arrays.fill(present, 0, rows, 1);
    }
    nulls++;
    mark(0);
  }

  /**
   * Adds the value of the UTF-8 text {@code bytes[from, from + length)}.
   *
   * @throws IllegalArgumentException if the text is no value of the column's type
   */
  abstract void addText(byte[] bytes, int from, int length);

  /** Counts a value that was added. */
  final void added() {
    if (nulls > 0) {
      mark(1);
    } else {
      rows++;
    }
  }

  private void mark(int defined) {
    if (rows == present.length) {
      present = Arrays.copyOf(present, rows * 2);
    }
    present[rows++] = defined;
  }

  /** Returns the column's place in the schema. */
  final SchemaElement schema() {
    SchemaElement column = new SchemaElement(name);
    column.setType(type.physical());
    column.setRepetition_type(
        nullable ? FieldRepetitionType.OPTIONAL : FieldRepetitionType.REQUIRED);
    type.describe(column);
    return column;
  }

  /** Writes the row group's values and forgets them. */
  final ColumnChunk write(PageWriter pages) throws IOException {
    long start = pages.position();
    ColumnMetaData metadata =
        new ColumnMetaData(
            type.physical(),
            List.copyOf(encodings()),
            List.of(name),
            CompressionCodec.UNCOMPRESSED,
            rows,
            0,
            0,
            0);
    if (writeDictionary(pages)) {
      metadata.setDictionary_page_offset(start);
    }
    metadata.setData_page_offset(pages.position());
    PageBytes page = pages.body();
    if (nullable) {
      putDefinitionLevels(page);
    }
    putValues(page);
    pages.writeData(rows, valueEncoding());
    metadata.setTotal_uncompressed_size(pages.position() - start);
    metadata.setTotal_compressed_size(pages.position() - start);
    rows = 0;
    nulls = 0;
    clear();
    ColumnChunk chunk = new ColumnChunk(start);
    chunk.setMeta_data(metadata);
    return chunk;
  }

  private Set<Encoding> encodings() {
    Set<Encoding> encodings = EnumSet.of(Encoding.PLAIN, valueEncoding());
    if (nullable) {
      encodings.add(Encoding.RLE);
    }
    return encodings;
  }

  // Four bytes of length, then the levels: one run if nothing is null, else packed bits.
  private void putDefinitionLevels(PageBytes page) {
    PageBytes levels = new PageBytes();
    if (nulls == 0) {
      levels.putVarint(rows << 1);
      levels.putByte(1);
    } else {
      levels.putVarint((rows + 7) / 8 << 1 | 1);
      levels.putPacked(present, rows, 1);
    }
    page.putInt(levels.length());
    page.putBytes(levels.array(), 0, levels.length());
  }

  /** Writes the dictionary page, if the column has one. */
  boolean writeDictionary(PageWriter pages) throws IOException {
    return false;
  }

  /** Returns how the values are encoded. */
  Encoding valueEncoding() {
    return Encoding.PLAIN;
  }

  /** Puts the values that are not null. */
  abstract void putValues(PageBytes page);

  /** Forgets the values. */
  abstract void clear();
}
