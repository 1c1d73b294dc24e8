package io.autopulse.domain.kpi.rollup;

import io.autopulse.domain.kpi.Dimension;
import io.autopulse.domain.kpi.FactBlockWriter;
import io.autopulse.domain.kpi.Grain;
import io.autopulse.domain.kpi.KpiBlock;
import io.autopulse.domain.kpi.KpiBlockWriter;
import io.autopulse.domain.kpi.KpiLayout;
import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.domain.sale.block.Dictionary;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Rolls the facts of one month up to KPI rows: its hours, its days, the month, and the ISO weeks
 * whose Monday is in it, for every dimension. Windows that the covered interval does not hold whole
 * are left out, because their facts are not all there. A cell whose versions were all superseded is
 * a row of zero units: readers of its earlier revision must see it restated. Reusable for month
 * after month; not safe for use by several threads.
 */
public final class MonthRollUp {
  private static final int HOURS = 24;

  private final Set<Grain> grains;
  private final int coveredFrom;
  private final int coveredTo;
  private final int finalUntil;
  private final FactTable facts = new FactTable();
  private final MemberCodes memberCodes = new MemberCodes(facts);
  private final MonthOrder order = new MonthOrder();
  private final WindowFacts window = new WindowFacts();
  private final CellTable table = new CellTable();
  private final DimensionCells[] cells;
  private final KpiBlockWriter writer;
  private int[] ofHour = new int[0];
  private long rows;

  /**
   * Makes a roll-up.
   *
   * @param covered the days whose facts are complete
   * @param grains the windows
   * @param dimensions the cuts
   * @param asOf windows that end on this business date or before are final
   * @param out takes blocks of KPI rows ({@link KpiBlock})
   */
  public MonthRollUp(
      BusinessInterval covered,
      Set<Grain> grains,
      List<Dimension> dimensions,
      LocalDate asOf,
      Consumer<byte[]> out) {
    this.grains = Set.copyOf(grains);
    coveredFrom = (int) covered.from().toEpochDay();
    coveredTo = (int) covered.to().toEpochDay();
    finalUntil = (int) asOf.toEpochDay();
    Dictionary names = new Dictionary();
    Dictionary members = new Dictionary();
    cells = new DimensionCells[dimensions.size()];
    for (int d = 0; d < cells.length; d++) {
      cells[d] = new DimensionCells(dimensions.get(d), names, members);
    }
    writer = new KpiBlockWriter(names, members, out);
  }

  /** Returns the number of rows made so far. */
  public long rows() {
    return rows;
  }

  /** Adds a block of the month's facts. */
  public void add(byte[] factBlock) {
    facts.add(factBlock);
  }

  /**
   * Makes the rows of the month, numbered as {@link FactBlockWriter#monthOf} does, and forgets its
   * facts.
   */
  public void rollUp(int month) {
    int from = FactBlockWriter.firstDay(month);
    int to = FactBlockWriter.firstDay(month + 1);
    // The last week may end in the next month.
    order.sort(facts, from, to + 6);
    for (DimensionCells dimension : cells) {
      dimension.assign(facts, memberCodes);
    }
    if (grains.contains(Grain.HOUR)) {
      for (int day = from; day < to; day++) {
        rollUpHours(day);
      }
    }
    if (grains.contains(Grain.DAY)) {
      for (int day = from; day < to; day++) {
        rollUp(Grain.DAY, day, day + 1);
      }
    }
    if (grains.contains(Grain.WEEK)) {
      for (int monday = FactBlockWriter.monday(from + 6); monday < to; monday += 7) {
        rollUp(Grain.WEEK, monday, monday + 7);
      }
    }
    if (grains.contains(Grain.MONTH)) {
      rollUp(Grain.MONTH, from, to);
    }
    facts.clear();
  }

  /** Hands out the rows that wait for their block to fill. */
  public void flush() {
    writer.flush();
  }

  private void rollUp(Grain grain, int start, int end) {
    if (start < coveredFrom || end > coveredTo) {
      return;
    }
    int n = order.select(facts, start, end);
    if (n == 0) {
      return;
    }
    window.gather(facts, order.window(), n);
    sum(grain, start * HOURS, end * HOURS);
  }

  private void rollUpHours(int day) {
    if (day < coveredFrom || day >= coveredTo) {
      return;
    }
    int n = order.select(facts, day, day + 1);
    int[] ofDay = order.window();
    if (ofHour.length < n) {
      ofHour = new int[n + (n >> 1)];
    }
    for (int hour = 0; n > 0 && hour < HOURS; hour++) {
      int count = 0;
      for (int i = 0; i < n; i++) {
        if (facts.hour[ofDay[i]] == hour) {
          ofHour[count++] = ofDay[i];
        }
      }
      if (count > 0) {
        window.gather(facts, ofHour, count);
        sum(Grain.HOUR, day * HOURS + hour, day * HOURS + hour + 1);
      }
    }
  }

  private void sum(Grain grain, int start, int end) {
    for (DimensionCells dimension : cells) {
      table.sum(window, dimension.cellOfFact(), dimension.cells());
      for (int i = 0; i < table.size(); i++) {
        write(grain, start, end, dimension, table.cell(i));
      }
    }
  }

  private void write(Grain grain, int start, int end, DimensionCells dimension, int cell) {
    int at = writer.newRow();
    byte[] row = writer.rows();
    KpiLayout.putKey(
        row,
        at,
        grain.ordinal(),
        start,
        end,
        writer.localDimension(dimension.dimensionCode()),
        writer.localMember(dimension.member(cell)),
        end <= finalUntil * HOURS);
    table.putMeasures(row, at, cell, window.unitsSold);
    rows++;
  }
}
