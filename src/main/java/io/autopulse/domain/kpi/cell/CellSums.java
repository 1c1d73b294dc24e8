package io.autopulse.domain.kpi.cell;

import io.autopulse.domain.kpi.Fact;
import io.autopulse.domain.kpi.KpiSums;
import io.autopulse.domain.kpi.Measures;
import io.autopulse.domain.kpi.PriceHistogram;
import io.autopulse.domain.sale.Change;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The sums of one KPI cell, or what a bundle of changes adds to it: units by status, revenue, the
 * two sums of the discount, the revision and the counts of the price bins that are not empty. Sums
 * and counts may be negative in what is added; a whole cell's are not, once all its changes have
 * come. As bytes about 20 and 3 for each distinct price bin. Not safe for use by several threads.
 */
public final class CellSums {
  private final long[] sums = new long[KpiSums.LENGTH];
  // Ascending bins and their counts, none zero.
  private int[] bins = new int[4];
  private long[] counts = new long[4];
  private int size;

  /**
   * Adds what a version changes.
   *
   * @param kind the version's status as {@link Fact} numbers it
   * @param net the price paid in cents
   * @param bin the bin of {@link PriceHistogram} that it is in
   * @param list the list price in cents; not above zero if there is none
   */
  void add(Change change, int kind, long net, int bin, long list) {
    KpiSums.add(sums, 0, change, kind, net, list);
    if (kind == Fact.SOLD) {
      addToBin(bin, change.sign());
    }
  }

  /** Adds other sums. */
  public void add(CellSums other) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += other.sums[i];
    }
    addBins(other);
  }

  // Both are in order: one pass, where bins that go in one by one each move those behind them.
  private void addBins(CellSums other) {
    int[] allBins = new int[Math.max(4, size + other.size)];
    long[] allCounts = new long[allBins.length];
    int all = 0;
    int a = 0;
    int b = 0;
    while (a < size || b < other.size) {
      int bin;
      long count = 0;
      if (b == other.size || a < size && bins[a] <= other.bins[b]) {
        bin = bins[a];
        count = counts[a++];
      } else {
        bin = other.bins[b];
      }
      if (b < other.size && other.bins[b] == bin) {
        count += other.counts[b++];
      }
      if (count != 0) {
        allBins[all] = bin;
        allCounts[all++] = count;
      }
    }
    bins = allBins;
    counts = allCounts;
    size = all;
  }

  private void addToBin(int bin, long count) {
    int at = Arrays.binarySearch(bins, 0, size, bin);
    if (at >= 0) {
      counts[at] += count;
      if (counts[at] == 0) {
        size--;
        System.arraycopy(bins, at + 1, bins, at, size - at);
        System.arraycopy(counts, at + 1, counts, at, size - at);
      }
      return;
    }
    at = -1 - at;
    if (size == bins.length) {
      bins = Arrays.copyOf(bins, size * 2);
      counts = Arrays.copyOf(counts, size * 2);
    }
    System.arraycopy(bins, at, bins, at + 1, size - at);
    System.arraycopy(counts, at, counts, at + 1, size - at);
    bins[at] = bin;
    counts[at] = count;
    size++;
  }

  /** Writes the measures of the cell into its row; the sales mix is absent. */
  void putMeasures(byte[] row, int at) {
    KpiSums.putMeasures(row, at, sums, 0, Measures.ABSENT, price(50), price(10), price(90));
  }

  private long price(int percent) {
    long sold = sums[KpiSums.SOLD];
    if (sold <= 0) {
      return Measures.ABSENT;
    }
    long rank = PriceHistogram.rank(Math.toIntExact(sold), percent);
    for (int i = 0; i < size; i++) {
      rank -= counts[i];
      if (rank < 0) {
        return PriceHistogram.value(bins[i]);
      }
    }
    throw new IllegalStateException("a cell of " + sold + " units has fewer prices");
  }

  /** Returns the sums as bytes. */
  public byte[] encode() {
    ByteBuffer out = ByteBuffer.allocate(encodedLength());
    for (long sum : sums) {
      put(out, sum);
    }
    put(out, size);
    int last = 0;
    for (int i = 0; i < size; i++) {
      put(out, bins[i] - last);
      put(out, counts[i]);
      last = bins[i];
    }
    return out.array();
  }

  private int encodedLength() {
    int length = length(size);
    for (long sum : sums) {
      length += length(sum);
    }
    int last = 0;
    for (int i = 0; i < size; i++) {
      length += length(bins[i] - last) + length(counts[i]);
      last = bins[i];
    }
    return length;
  }

  /** Returns the sums that {@link #encode} wrote. */
  public static CellSums decode(byte[] bytes) {
    return decode(ByteBuffer.wrap(bytes));
  }

  /** Reads the sums that {@link #encode} wrote and moves behind them. */
  static CellSums decode(ByteBuffer in) {
    CellSums cell = new CellSums();
    for (int i = 0; i < cell.sums.length; i++) {
      cell.sums[i] = get(in);
    }
    cell.size = (int) get(in);
    cell.bins = new int[Math.max(4, cell.size)];
    cell.counts = new long[cell.bins.length];
    int bin = 0;
    for (int i = 0; i < cell.size; i++) {
      bin += (int) get(in);
      cell.bins[i] = bin;
      cell.counts[i] = get(in);
    }
    return cell;
  }

  // Zigzag, then LEB128: small numbers of either sign are short.
  private static long zigzag(long value) {
    return value << 1 ^ value >> 63;
  }

  private static int length(long value) {
    int bits = Long.SIZE - Long.numberOfLeadingZeros(zigzag(value) | 1);
    return (bits + 6) / 7;
  }

  private static void put(ByteBuffer out, long value) {
    long rest = zigzag(value);
    while ((rest & ~0x7fL) != 0) {
      out.put((byte) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    out.put((byte) rest);
  }

  private static long get(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte b = in.get();
      value |= (b & 0x7fL) << shift;
      if (b >= 0) {
        return value >>> 1 ^ -(value & 1);
      }
    }
  }
}
