package io.autopulse.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.autopulse.domain.sale.LittleEndian;
import java.util.Arrays;
import java.util.List;
import org.duckdb.DuckDBDataChunkWriter;
import org.duckdb.DuckDBWritableVector;

/** The table function over staged rows of texts ({@link TextRows}). */
final class TextScan extends BlockScan<TextScan.Rows> {
  TextScan(List<BlockFiles.Location> locations, List<String> columns) {
    super(locations, columns.stream().map(Column::text).toList());
  }

  @Override
  Rows open(byte[] block) {
    return new Rows(block);
  }

  @Override
  int fill(Rows rows, int[] columns, DuckDBDataChunkWriter out, int capacity) throws Exception {
    int n = 0;
    for (; n < capacity && rows.at < rows.block.length; n++) {
      rows.startCells();
      for (int i = 0; i < columns.length; i++) {
        rows.fill(columns[i], out.vector(i), n);
      }
      rows.next();
    }
    return n;
  }

  /** The rows of one block, one at a time. */
  static final class Rows {
    private final byte[] block;
    private int at;
    private int[] cells = new int[16];

    Rows(byte[] block) {
      this.block = block;
    }

    private int rowEnd() {
      return at + 4 + LittleEndian.getInt(block, at);
    }

    void startCells() {
      int cell = at + 4;
      int end = rowEnd();
      for (int i = 0; cell < end; i++) {
        if (i == cells.length) {
          cells = Arrays.copyOf(cells, i * 2);
        }
        cells[i] = cell;
        cell += 4 + Math.max(0, LittleEndian.getInt(block, cell));
      }
    }

    void fill(int column, DuckDBWritableVector out, int row) throws Exception {
      int length = LittleEndian.getInt(block, cells[column]);
      if (length < 0) {
        out.setNull(row);
      } else {
        out.setString(row, new String(block, cells[column] + 4, length, UTF_8));
      }
    }

    void next() {
      at = rowEnd();
    }
  }
}
