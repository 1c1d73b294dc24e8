package io.autopulse.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.autopulse.domain.sale.LittleEndian;
import java.util.List;
import org.duckdb.DuckDBDataChunkWriter;
import org.duckdb.DuckDBWritableVector;

/** The table function over staged rows of texts ({@link TextRows}), a block a row. */
final class TextScan extends BlockScan<byte[][]> {
  TextScan(List<BlockFiles.Location> locations, List<String> columns) {
    super(locations, columns.stream().map(Column::text).toList());
  }

  @Override
  byte[][] open(byte[] block) {
    return new byte[][] {block};
  }

  @Override
  int fill(byte[][] row, int[] columns, DuckDBDataChunkWriter out, int capacity) throws Exception {
    byte[] block = row[0];
    if (block.length == 0) {
      return 0;
    }
    row[0] = new byte[0];
    for (int i = 0; i < columns.length; i++) {
      fill(block, columns[i], out.vector(i));
    }
    return 1;
  }

  private static void fill(byte[] row, int column, DuckDBWritableVector out) throws Exception {
    int at = 0;
    for (int c = 0; c < column; c++) {
      at += 4 + Math.max(0, LittleEndian.getInt(row, at));
    }
    int length = LittleEndian.getInt(row, at);
    if (length < 0) {
      out.setNull(0);
    } else {
      out.setString(0, new String(row, at + 4, length, UTF_8));
    }
  }
}
