package io.autopulse.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.autopulse.domain.kpi.Grain;
import io.autopulse.domain.kpi.KpiBlock;
import io.autopulse.domain.kpi.KpiLayout;
import io.autopulse.domain.kpi.Measures;
import java.util.List;
import java.util.stream.Stream;
import org.duckdb.DuckDBDataChunkWriter;
import org.duckdb.DuckDBWritableVector;

/**
 * The table function over staged KPI rows. Days are days since 1970-01-01, amounts cents and shares
 * millionths: the view above it makes them the core table's types.
 */
final class KpiScan extends BlockScan<KpiScan.Rows> {
  private static final List<Column> COLUMNS =
      List.of(
          Column.text("grain"),
          Column.number("window_start"),
          Column.number("window_end"),
          Column.text("dimension"),
          Column.text("member"),
          Column.number("units_sold"),
          Column.number("units_cancelled"),
          Column.number("units_returned"),
          Column.number("revenue"),
          Column.number("average_price"),
          Column.number("median_price"),
          Column.number("p10_price"),
          Column.number("p90_price"),
          Column.number("average_discount"),
          Column.number("sales_mix"),
          Column.number("revision"),
          Column.number("is_final"));

  private static final byte[][] GRAINS =
      Stream.of(Grain.values()).map(g -> g.toString().getBytes(UTF_8)).toArray(byte[][]::new);

  KpiScan(List<BlockFiles.Location> locations) {
    super(locations, COLUMNS);
  }

  @Override
  Rows open(byte[] block) {
    return new Rows(KpiBlock.open(block));
  }

  @Override
  int fill(Rows rows, int[] columns, DuckDBDataChunkWriter out, int capacity) throws Exception {
    int n = rows.next(capacity);
    for (int i = 0; n > 0 && i < columns.length; i++) {
      rows.fill(COLUMNS.get(columns[i]).name(), out.vector(i), n);
    }
    return n;
  }

  /** A number of a row. */
  @FunctionalInterface
  private interface NumberOf {
    long of(byte[] row, int at);
  }

  /** The rows of one block, a chunk at a time, column by column. */
  static final class Rows {
    private final KpiBlock block;
    private final byte[] bytes;
    private int from;
    private int to;
    private byte[][] texts = new byte[0][];

    Rows(KpiBlock block) {
      this.block = block;
      bytes = block.bytes();
    }

    int next(int capacity) {
      from = to;
      to = Math.min(block.rows(), from + capacity);
      if (texts.length != to - from) {
        texts = new byte[to - from][];
      }
      return to - from;
    }

    void fill(String column, DuckDBWritableVector out, int n) throws Exception {
      switch (column) {
        case "grain" -> {
          for (int i = 0; i < n; i++) {
            texts[i] = GRAINS[KpiLayout.grain(bytes, block.at(from + i))];
          }
          out.setStringUtf8Batch(0, texts);
        }
        case "dimension" -> {
          for (int i = 0; i < n; i++) {
            texts[i] = block.dimension(KpiLayout.dimension(bytes, block.at(from + i)));
          }
          out.setStringUtf8Batch(0, texts);
        }
        case "member" -> {
          for (int i = 0; i < n; i++) {
            texts[i] = block.member(KpiLayout.member(bytes, block.at(from + i)));
          }
          out.setStringUtf8Batch(0, texts);
        }
        case "window_start" -> numbers(out, n, KpiLayout::windowStart);
        case "window_end" -> numbers(out, n, KpiLayout::windowEnd);
        case "units_sold" -> numbers(out, n, KpiLayout::unitsSold);
        case "units_cancelled" -> numbers(out, n, KpiLayout::unitsCancelled);
        case "units_returned" -> numbers(out, n, KpiLayout::unitsReturned);
        case "revision" -> numbers(out, n, KpiLayout::revision);
        case "is_final" -> numbers(out, n, (row, at) -> KpiLayout.isFinal(row, at) ? 1 : 0);
        case "revenue" -> numbers(out, n, KpiLayout::revenue);
        case "average_price" -> numbers(out, n, KpiLayout::averagePrice);
        case "median_price" -> numbers(out, n, KpiLayout::medianPrice);
        case "p10_price" -> numbers(out, n, KpiLayout::p10Price);
        case "p90_price" -> numbers(out, n, KpiLayout::p90Price);
        case "average_discount" ->
            numbers(out, n, (row, at) -> share(KpiLayout.averageDiscount(row, at)));
        case "sales_mix" -> numbers(out, n, (row, at) -> share(KpiLayout.salesMix(row, at)));
        default -> throw new IllegalStateException("no column " + column);
      }
    }

    private static long share(int millionths) {
      return millionths == KpiLayout.NO_SHARE ? Measures.ABSENT : millionths;
    }

    private void numbers(DuckDBWritableVector out, int n, NumberOf number) {
      for (int i = 0; i < n; i++) {
        long value = number.of(bytes, block.at(from + i));
        if (value == Measures.ABSENT) {
          out.setNull(i);
        } else {
          out.setLong(i, value);
        }
      }
    }
  }
}
