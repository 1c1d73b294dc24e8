package io.autopulse.generate;

import io.autopulse.domain.kpi.Dimension;
import io.autopulse.domain.kpi.Dimension.Attribute;
import io.autopulse.domain.kpi.Grain;
import io.autopulse.domain.sale.SaleStatus;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The true KPIs of a landing zone, from what the generator knows of every version: no file is read
 * and no rule of the pipeline is used. Each dimension and grain is one sort of (cell, price):
 * quantiles come from ranks, not from histograms.
 */
final class KpiTruth {
  /** The columns of {@code kpis.csv}. */
  static final List<String> COLUMNS =
      List.of(
          "grain",
          "window_start",
          "window_end",
          "dimension",
          "member",
          "units_sold",
          "units_cancelled",
          "units_returned",
          "revenue",
          "average_price",
          "median_price",
          "p10_price",
          "p90_price",
          "average_discount",
          "sales_mix",
          "revision");

  /** What the truth is cut by. */
  static final List<Dimension> DIMENSIONS =
      List.of(
          Dimension.TOTAL,
          Dimension.of(Attribute.MAKE),
          Dimension.of(Attribute.MODEL),
          Dimension.of(Attribute.SEGMENT),
          Dimension.of(Attribute.POWERTRAIN),
          Dimension.of(Attribute.REGION),
          Dimension.of(Attribute.DEALER),
          Dimension.of(Attribute.REGION, Attribute.POWERTRAIN),
          Dimension.of(Attribute.REGION, Attribute.MODEL));

  private final TruthRows rows;
  private final List<TruthDimension> dimensions;
  private final Map<Grain, TruthWindows> windows = new EnumMap<>(Grain.class);
  private final Map<Grain, long[]> soldInWindow = new EnumMap<>(Grain.class);
  private final PriceBins bins;

  /**
   * Prepares the truth.
   *
   * @param rows all distinct versions in ascending order of price
   */
  KpiTruth(World world, TruthRows rows) {
    this.rows = rows;
    this.bins = new PriceBins(rows.size() == 0 ? 1 : rows.net()[rows.size() - 1]);
    Map<Attribute, TruthAttribute> attributes = new EnumMap<>(Attribute.class);
    for (Attribute attribute : Attribute.values()) {
      attributes.put(attribute, TruthAttribute.of(attribute, world.catalogue(), world.network()));
    }
    dimensions =
        DIMENSIONS.stream()
            .map(d -> new TruthDimension(d, d.attributes().stream().map(attributes::get).toList()))
            .toList();
    for (Grain grain : Grain.values()) {
      TruthWindows all = new TruthWindows(grain, world.calendar());
      windows.put(grain, all);
      soldInWindow.put(grain, soldInWindow(all));
    }
  }

  /** Writes all cells; returns how many. */
  long write(OutputStream out, int threads, GenerateProgress progress) throws IOException {
    RecordBuffer header = new RecordBuffer(256);
    CsvEncoder.header(COLUMNS, header);
    out.write(header.toBytes());
    long[] cells = new long[1];
    long[] tasksDone = new long[1];
    Grain[] grains = Grain.values();
    OrderedWork.<RecordBuffer>run(
        threads,
        threads + 1,
        (long) grains.length * dimensions.size(),
        task -> {
          int number = Math.toIntExact(task);
          return cells(
              grains[number / dimensions.size()], dimensions.get(number % dimensions.size()));
        },
        buffer -> {
          cells[0] += buffer.lines();
          buffer.writeTo(out);
          progress.report(
              "truth",
              ++tasksDone[0] * rows.size() / dimensions.size() / grains.length,
              rows.size());
        });
    return cells[0];
  }

  /** Returns the lines of all cells of one grain and dimension, by window and member. */
  private RecordBuffer cells(Grain grain, TruthDimension dimension) {
    TruthWindows calendar = get(windows, grain);
    long[] soldInAll = get(soldInWindow, grain);
    int[] member = new int[rows.size()];
    int[] window = new int[rows.size()];
    for (int row = 0; row < member.length; row++) {
      member[row] = dimension.member(rows, row);
      window[row] = calendar.of(rows.day()[row]);
    }
    int[] order = byWindowAndMember(member, dimension.size(), window, calendar.size());
    String grainName = grain.toString();
    String kind = "," + dimension + ",";
    RecordBuffer out = new RecordBuffer(1 << 16);
    TruthCell cell = new TruthCell(rows, bins);
    for (int i = 0; i < order.length; ) {
      int first = order[i];
      cell.clear();
      while (i < order.length
          && member[order[i]] == member[first]
          && window[order[i]] == window[first]) {
        cell.add(order[i++]);
      }
      out.text(grainName)
          .ascii(',')
          .date(calendar.start(window[first]).toEpochDay())
          .ascii(',')
          .date(calendar.end(window[first]).toEpochDay())
          .text(kind);
      CsvEncoder.field(dimension.text(member[first]), out);
      out.ascii(',');
      cell.write(soldInAll[window[first]], out);
      out.ascii('\n');
    }
    return out;
  }

  /** Returns the rows by window, then member; rows of one cell stay in order of price. */
  private static int[] byWindowAndMember(int[] member, int members, int[] window, int windows) {
    int[] order = new int[member.length];
    Arrays.setAll(order, row -> row);
    return stablyBy(window, windows, stablyBy(member, members, order));
  }

  /**
   * Returns the rows in ascending order of their keys, equal keys in the order given: a counting
   * sort.
   */
  private static int[] stablyBy(int[] key, int keys, int[] order) {
    int[] next = new int[keys + 1];
    for (int row : order) {
      next[key[row] + 1]++;
    }
    for (int k = 1; k <= keys; k++) {
      next[k] += next[k - 1];
    }
    int[] sorted = new int[order.length];
    for (int row : order) {
      sorted[next[key[row]]++] = row;
    }
    return sorted;
  }

  private long[] soldInWindow(TruthWindows all) {
    long[] sold = new long[all.size()];
    for (int row = 0; row < rows.size(); row++) {
      if (rows.isCurrent(row) && rows.status(row) == SaleStatus.SOLD) {
        sold[all.of(rows.day()[row])]++;
      }
    }
    return sold;
  }

  private static <T> T get(Map<Grain, T> map, Grain grain) {
    T value = map.get(grain);
    if (value == null) {
      throw new IllegalStateException("no windows of " + grain);
    }
    return value;
  }
}
