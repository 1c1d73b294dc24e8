package io.autopulse.generate.truth;

import io.autopulse.domain.kpi.Dimension;
import io.autopulse.domain.kpi.Dimension.Attribute;
import io.autopulse.domain.kpi.Grain;
import io.autopulse.generate.format.CsvEncoder;
import io.autopulse.generate.format.RecordBuffer;
import io.autopulse.generate.work.GenerateProgress;
import io.autopulse.generate.work.OrderedWork;
import io.autopulse.generate.world.SaleCalendar;
import io.autopulse.generate.world.World;
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
public final class KpiTruth {
  private static final List<Grain> GRAINS = List.of(Grain.DAY, Grain.WEEK, Grain.MONTH);

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

  private final SaleCalendar calendar;
  private final TruthRows rows;
  private final List<TruthDimension> dimensions;
  private final PriceBins bins;

  /**
   * Prepares the truth.
   *
   * @param rows all distinct versions in ascending order of price
   */
  public KpiTruth(World world, TruthRows rows) {
    this.calendar = world.calendar();
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
  }

  /** Writes all cells; returns how many. */
  public long write(OutputStream out, int threads, GenerateProgress progress) throws IOException {
    RecordBuffer header = new RecordBuffer(256);
    CsvEncoder.header(COLUMNS, header);
    out.write(header.toBytes());
    long[] cells = new long[1];
    int[] cubes = new int[1];
    // One grain after the other: only one more copy of the rows in memory.
    for (Grain grain : GRAINS) {
      WindowedRows windowed = WindowedRows.of(rows, new TruthWindows(grain, calendar));
      OrderedWork.<RecordBuffer>run(
          threads,
          threads + 1,
          dimensions.size(),
          number -> cells(grain, windowed, dimensions.get(Math.toIntExact(number))),
          buffer -> {
            cells[0] += buffer.lines();
            buffer.writeTo(out);
            int all = dimensions.size() * GRAINS.size();
            progress.report("truth", (long) ++cubes[0] * rows.size() / all, rows.size());
          });
    }
    return cells[0];
  }

  /** Returns the lines of all cells of one grain and dimension, by window and member. */
  private RecordBuffer cells(Grain grain, WindowedRows windowed, TruthDimension dimension) {
    RecordBuffer out = new RecordBuffer(1 << 16);
    TruthCell cell = new TruthCell(windowed.rows(), bins);
    for (int window = 0; window < windowed.windows().size(); window++) {
      int first = windowed.first(window);
      int[] member = new int[windowed.first(window + 1) - first];
      Arrays.setAll(member, i -> dimension.member(windowed.rows(), first + i));
      int[] order = new int[member.length];
      int[] begin = CountingSort.sort(member, dimension.size(), first, order);
      long soldInWindow = windowed.sold(window);
      String prefix = prefix(grain, windowed.windows(), window, dimension);
      for (int m = 0; m < dimension.size(); m++) {
        if (begin[m] < begin[m + 1]) {
          cell.clear();
          for (int i = begin[m]; i < begin[m + 1]; i++) {
            cell.add(order[i]);
          }
          out.text(prefix);
          CsvEncoder.field(dimension.text(m), out);
          out.ascii(',');
          cell.write(soldInWindow, out);
          out.ascii('\n');
        }
      }
    }
    return out;
  }

  private static String prefix(
      Grain grain, TruthWindows windows, int window, TruthDimension dimension) {
    return grain + "," + windows.start(window) + "," + windows.end(window) + "," + dimension + ",";
  }
}
