package io.autopulse.domain.trend;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;

/**
 * The sales of one member by item, by the week of sale and by the week in which they became known:
 * records (of any status), units sold and their revenue, as signed changes. A cell summed over the
 * weeks of knowledge up to W is what was known at the end of W. Sums of vintages are vintages, so
 * they can be combined in any order. An item is what has one price at a time: a model in one
 * powertrain. As bytes 24 for each cell, and the items' names. Not safe for use by several threads.
 */
public final class Vintages {
  private static final int CELL_BYTES = 24;

  private final Map<String, Map<Long, Sums>> items = new TreeMap<>();

  private static final class Sums {
    private long records;
    private long units;
    private long revenue;

    boolean isZero() {
      return records == 0 && units == 0 && revenue == 0;
    }
  }

  /** Takes cells. */
  @FunctionalInterface
  interface CellConsumer {
    void accept(String item, int sold, int known, long records, long units, long revenue);
  }

  /**
   * Adds to a cell.
   *
   * @param item the model and powertrain
   * @param sold the week of sale
   * @param known the week in which it became known
   * @param records sale records of any status, as a signed change
   * @param units units sold, as a signed change
   * @param revenue their prices in cents, as a signed change
   */
  public void add(String item, int sold, int known, long records, long units, long revenue) {
    Sums sums =
        items
            .computeIfAbsent(item, name -> new HashMap<>())
            .computeIfAbsent(cell(sold, known), key -> new Sums());
    sums.records += records;
    sums.units += units;
    sums.revenue += revenue;
  }

  /** Adds other vintages. */
  public void add(Vintages other) {
    other.forEach(this::add);
  }

  /** Adds vintages that {@link #encode} wrote. */
  public void add(byte[] encoded) {
    ByteBuffer in = ByteBuffer.wrap(encoded);
    while (in.hasRemaining()) {
      byte[] name = new byte[Short.toUnsignedInt(in.getShort())];
      in.get(name);
      String item = new String(name, UTF_8);
      for (int cells = in.getInt(); cells > 0; cells--) {
        add(item, in.getInt(), in.getInt(), in.getInt(), in.getInt(), in.getLong());
      }
    }
  }

  /** Tells whether nothing is left: every change was taken back. */
  public boolean isEmpty() {
    return items.values().stream()
        .allMatch(cells -> cells.values().stream().allMatch(Sums::isZero));
  }

  /** Returns the earliest week whose features these changes touch; the largest number if none. */
  public int firstWeekTouched() {
    int[] first = {Integer.MAX_VALUE};
    forEach((item, sold, known, r, u, v) -> first[0] = Math.min(first[0], Math.max(sold, known)));
    return first[0];
  }

  void forEach(CellConsumer out) {
    items.forEach(
        (item, cells) ->
            cells.forEach(
                (cell, sums) -> {
                  if (!sums.isZero()) {
                    out.accept(
                        item, sold(cell), known(cell), sums.records, sums.units, sums.revenue);
                  }
                }));
  }

  /**
   * Returns vintages that give the same features for the open week and every later one, and hold
   * less: what was known earlier becomes known in the open week, and of weeks of sale that no
   * feature of the open week looks at only the number of records remains.
   */
  public Vintages from(int openWeek) {
    int oldest = openWeek - TrendFormulas.LONGEST_LAG;
    Vintages kept = new Vintages();
    forEach(
        (item, sold, known, records, units, revenue) -> {
          int from = Math.max(known, openWeek);
          if (sold < oldest) {
            kept.add("", oldest - 1, from, records, 0, 0);
          } else {
            kept.add(item, sold, from, records, units, revenue);
          }
        });
    return kept;
  }

  /** Returns the vintages as bytes. */
  public byte[] encode() {
    int length = 0;
    Iterator<Map.Entry<String, Map<Long, Sums>>> entries = items.entrySet().iterator();
    while (entries.hasNext()) {
      Map.Entry<String, Map<Long, Sums>> item = entries.next();
      item.getValue().values().removeIf(Sums::isZero);
      if (item.getValue().isEmpty()) {
        entries.remove();
      } else {
        length += Short.BYTES + Integer.BYTES + CELL_BYTES * item.getValue().size();
        length += item.getKey().getBytes(UTF_8).length;
      }
    }
    ByteBuffer out = ByteBuffer.allocate(length);
    items.forEach(
        (item, cells) -> {
          byte[] name = item.getBytes(UTF_8);
          out.putShort((short) name.length).put(name).putInt(cells.size());
          cells.forEach(
              (cell, sums) ->
                  out.putInt(sold(cell))
                      .putInt(known(cell))
                      .putInt(Math.toIntExact(sums.records))
                      .putInt(Math.toIntExact(sums.units))
                      .putLong(sums.revenue));
        });
    return out.array();
  }

  /** Returns the vintages that {@link #encode} wrote. */
  public static Vintages decode(byte[] encoded) {
    Vintages vintages = new Vintages();
    vintages.add(encoded);
    return vintages;
  }

  private static long cell(int sold, int known) {
    return (long) sold << 32 | Integer.toUnsignedLong(known);
  }

  private static int sold(long cell) {
    return (int) (cell >> 32);
  }

  private static int known(long cell) {
    return (int) cell;
  }
}
