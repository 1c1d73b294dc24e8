package io.autopulse.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.autopulse.domain.sale.Fate;
import io.autopulse.domain.sale.SaleBlock;
import io.autopulse.domain.sale.SaleLayout;
import io.autopulse.domain.sale.SaleStatus;
import io.autopulse.domain.sale.Terms;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.duckdb.DuckDBDataChunkWriter;
import org.duckdb.DuckDBWritableVector;

/**
 * The table function over staged sale versions. Times are microseconds, days are days since
 * 1970-01-01 and prices are cents: the view above it makes them the core table's types.
 */
final class SaleVersionScan extends BlockScan<SaleVersionScan.Rows> {
  private static final List<Column> COLUMNS =
      List.of(
          Column.text("sale_id"),
          Column.number("updated_at"),
          Column.number("sequence"),
          Column.text("status"),
          Column.number("sold_at"),
          Column.number("sold_on"),
          Column.text("model_id"),
          Column.text("make"),
          Column.text("model"),
          Column.text("segment"),
          Column.text("powertrain"),
          Column.text("dealer_id"),
          Column.text("region"),
          Column.number("list_price"),
          Column.number("net_price"),
          Column.text("channel"),
          Column.text("source"),
          Column.text("fate"));

  private static final byte[][] STATUSES = names(SaleStatus.values());
  private static final byte[][] FATES = names(Fate.values());

  SaleVersionScan(List<BlockFiles.Location> locations) {
    super(locations, COLUMNS);
  }

  private static byte[][] names(Enum<?>[] values) {
    return Stream.of(values).map(v -> v.name().getBytes(UTF_8)).toArray(byte[][]::new);
  }

  @Override
  Rows open(byte[] block) {
    return new Rows(SaleBlock.open(block));
  }

  @Override
  int fill(Rows rows, int[] columns, DuckDBDataChunkWriter out, int capacity) throws Exception {
    int n = rows.next(capacity);
    for (int i = 0; n > 0 && i < columns.length; i++) {
      rows.fill(COLUMNS.get(columns[i]).name(), out.vector(i), n);
    }
    return n;
  }

  /** The versions of one block, a chunk at a time, column by column. */
  static final class Rows {
    private final SaleBlock block;
    private final byte[] bytes;
    private final byte[][][] vehicles;
    private final byte[][][] outlets;
    private final byte[][][] provenance;
    private final int[] at = new int[2048];
    private byte[][] texts = new byte[0][];

    Rows(SaleBlock block) {
      this.block = block;
      bytes = block.bytes();
      vehicles = parts(SaleLayout.VEHICLE);
      outlets = parts(SaleLayout.OUTLET);
      provenance = parts(SaleLayout.PROVENANCE);
    }

    private byte[][][] parts(int dictionary) {
      byte[][][] parts = new byte[block.entries(dictionary)][][];
      for (int i = 0; i < parts.length; i++) {
        parts[i] =
            Terms.split(block.entry(dictionary, i)).stream()
                .map(part -> part.isEmpty() ? null : part.getBytes(UTF_8))
                .toArray(byte[][]::new);
      }
      return parts;
    }

    int next(int capacity) {
      int n = 0;
      while (n < Math.min(capacity, at.length) && block.advance()) {
        at[n++] = block.at();
      }
      if (texts.length != n) {
        texts = new byte[n][];
      }
      return n;
    }

    void fill(String column, DuckDBWritableVector out, int n) throws Exception {
      switch (column) {
        case "sale_id" -> {
          for (int i = 0; i < n; i++) {
            int start = at[i] + SaleLayout.HEADER;
            texts[i] = Arrays.copyOfRange(bytes, start, start + SaleLayout.idLength(bytes, at[i]));
          }
          out.setStringUtf8Batch(0, texts);
        }
        case "updated_at" -> {
          for (int i = 0; i < n; i++) {
            out.setLong(i, SaleLayout.updatedAt(bytes, at[i]));
          }
        }
        case "sequence" -> {
          for (int i = 0; i < n; i++) {
            out.setLong(i, SaleLayout.sequence(bytes, at[i]));
          }
        }
        case "status" -> {
          for (int i = 0; i < n; i++) {
            texts[i] = STATUSES[SaleLayout.status(bytes, at[i])];
          }
          out.setStringUtf8Batch(0, texts);
        }
        case "fate" -> {
          for (int i = 0; i < n; i++) {
            texts[i] = FATES[SaleLayout.fate(bytes, at[i])];
          }
          out.setStringUtf8Batch(0, texts);
        }
        case "sold_at" -> {
          for (int i = 0; i < n; i++) {
            out.setLong(i, SaleLayout.soldAt(bytes, at[i]));
          }
        }
        case "sold_on" -> {
          for (int i = 0; i < n; i++) {
            out.setLong(i, SaleLayout.soldOn(bytes, at[i]));
          }
        }
        case "net_price" -> {
          for (int i = 0; i < n; i++) {
            out.setLong(i, SaleLayout.netPrice(bytes, at[i]));
          }
        }
        case "list_price" -> {
          for (int i = 0; i < n; i++) {
            long cents = SaleLayout.listPrice(bytes, at[i]);
            if (cents == SaleLayout.NO_PRICE) {
              out.setNull(i);
            } else {
              out.setLong(i, cents);
            }
          }
        }
        case "model_id" -> fillTerms(vehicles, SaleLayout.VEHICLE, 0, out, n);
        case "make" -> fillTerms(vehicles, SaleLayout.VEHICLE, 1, out, n);
        case "model" -> fillTerms(vehicles, SaleLayout.VEHICLE, 2, out, n);
        case "segment" -> fillTerms(vehicles, SaleLayout.VEHICLE, 3, out, n);
        case "powertrain" -> fillTerms(vehicles, SaleLayout.VEHICLE, 4, out, n);
        case "dealer_id" -> fillTerms(outlets, SaleLayout.OUTLET, 0, out, n);
        case "region" -> fillTerms(outlets, SaleLayout.OUTLET, 1, out, n);
        case "channel" -> fillTerms(provenance, SaleLayout.PROVENANCE, 0, out, n);
        case "source" -> fillTerms(provenance, SaleLayout.PROVENANCE, 1, out, n);
        default -> throw new IllegalStateException("no column " + column);
      }
    }

    private void fillTerms(
        byte[][][] entries, int dictionary, int part, DuckDBWritableVector out, int n)
        throws Exception {
      for (int i = 0; i < n; i++) {
        texts[i] = entries[SaleLayout.code(bytes, at[i], dictionary)][part];
      }
      out.setStringUtf8Batch(0, texts);
    }
  }
}
