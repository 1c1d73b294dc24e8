package io.autopulse.generate.truth;

import io.autopulse.domain.sale.SaleStatus;
import io.autopulse.generate.world.Dealer;
import io.autopulse.generate.world.SaleVersion;
import java.util.Arrays;
import java.util.List;

/**
 * Distinct accepted versions, column by column: all that KPIs need to know of them. The arrays have
 * the same length.
 *
 * @param day business date, counted from the period's first
 * @param vehicle index of the vehicle
 * @param dealer index of the dealer, or -1
 * @param region index of the region, or -1
 * @param state the status's place in {@link #STATUSES}, plus {@link #CURRENT} for the version that
 *     counts
 * @param net price paid, in cents
 * @param list list price that counts, in cents, or -1
 */
@SuppressWarnings("ArrayRecordComponent") // Columns of a table: never compared.
public record TruthRows(
    int[] day, int[] vehicle, int[] dealer, int[] region, byte[] state, int[] net, int[] list) {
  /** Added to the state of a sale's highest version. */
  static final int CURRENT = 4;

  private static final List<SaleStatus> STATUSES =
      List.of(SaleStatus.SOLD, SaleStatus.CANCELLED, SaleStatus.RETURNED);

  /** Returns the number of rows. */
  public int size() {
    return day.length;
  }

  boolean isCurrent(int row) {
    return state[row] >= CURRENT;
  }

  SaleStatus status(int row) {
    return STATUSES.get(state[row] % CURRENT);
  }

  /** Returns the rows of all blocks as one table in ascending order of the price paid. */
  public static TruthRows byPrice(List<TruthRows> blocks) {
    int size = blocks.stream().mapToInt(TruthRows::size).sum();
    long[] order = new long[size];
    int[] blockOf = new int[size];
    int[] rowOf = new int[size];
    int n = 0;
    for (int b = 0; b < blocks.size(); b++) {
      TruthRows block = blocks.get(b);
      for (int row = 0; row < block.size(); row++, n++) {
        order[n] = (long) block.net[row] << 32 | n;
        blockOf[n] = b;
        rowOf[n] = row;
      }
    }
    Arrays.parallelSort(order);
    Builder sorted = new Builder(size);
    for (long key : order) {
      int from = (int) key;
      sorted.copy(blocks.get(blockOf[from]), rowOf[from]);
    }
    return sorted.build();
  }

  /** Collects a known number of rows. */
  public static final class Builder {
    private final TruthRows rows;
    private int size;

    public Builder(int capacity) {
      rows =
          new TruthRows(
              new int[capacity],
              new int[capacity],
              new int[capacity],
              new int[capacity],
              new byte[capacity],
              new int[capacity],
              new int[capacity]);
    }

    public int size() {
      return size;
    }

    public void add(SaleVersion version, boolean current) {
      Dealer dealer = version.dealer();
      rows.day[size] = version.day();
      rows.vehicle[size] = version.vehicle().index();
      rows.dealer[size] = dealer == null ? -1 : dealer.index();
      rows.region[size] = version.region();
      rows.state[size] = (byte) (STATUSES.indexOf(version.status()) + (current ? CURRENT : 0));
      rows.net[size] = version.netPrice();
      rows.list[size] = version.effectiveListPrice();
      size++;
    }

    void copy(TruthRows from, int row) {
      rows.day[size] = from.day[row];
      rows.vehicle[size] = from.vehicle[row];
      rows.dealer[size] = from.dealer[row];
      rows.region[size] = from.region[row];
      rows.state[size] = from.state[row];
      rows.net[size] = from.net[row];
      rows.list[size] = from.list[row];
      size++;
    }

    /** Returns the rows, which must fill the capacity. */
    public TruthRows build() {
      if (size != rows.size()) {
        throw new IllegalStateException(size + " rows of " + rows.size());
      }
      return rows;
    }
  }
}
