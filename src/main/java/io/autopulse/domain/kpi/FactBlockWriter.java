package io.autopulse.domain.kpi;

import io.autopulse.domain.sale.BusinessClock;
import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.domain.sale.Fate;
import io.autopulse.domain.sale.block.Dictionary;
import io.autopulse.domain.sale.block.LittleEndian;
import io.autopulse.domain.sale.block.LocalCodes;
import io.autopulse.domain.sale.block.SaleBlock;
import io.autopulse.domain.sale.block.SaleBlockWriter.BlockConsumer;
import io.autopulse.domain.sale.block.SaleLayout;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns resolved, enriched sale versions into facts, in blocks by the month that rolls them up: the
 * month of the day, and, for a week that began in the month before, that month as well. Months are
 * numbered as {@link #monthOf}.
 *
 * <p>Block: two dictionaries (vehicles, outlets) as {@link LocalCodes} encodes them, then the
 * facts. Not safe for use by several threads.
 */
public final class FactBlockWriter {
  /** Bytes of facts in a block. */
  static final int BLOCK_BYTES = 512 << 10;

  private final int fromDay;
  private final int toDay;
  private final boolean weeks;
  private final @Nullable BusinessClock hours;
  private final BlockConsumer out;
  private final Dictionary vehicles = new Dictionary();
  private final Dictionary outlets = new Dictionary();
  private final Map<Integer, OpenBlock> open = new HashMap<>();
  private final MonthOfDay months = new MonthOfDay();

  /**
   * Makes a writer.
   *
   * @param covered the days whose KPIs are computed; versions of other days add nothing
   * @param weeks whether weekly KPIs are wanted
   * @param hours the clock that hourly KPIs go by; null if none are wanted
   * @param out takes each full block with its month
   */
  public FactBlockWriter(
      BusinessInterval covered, boolean weeks, @Nullable BusinessClock hours, BlockConsumer out) {
    fromDay = (int) covered.from().toEpochDay();
    toDay = (int) covered.to().toEpochDay();
    this.weeks = weeks;
    this.hours = hours;
    this.out = out;
  }

  /** Returns the number of a day's month: months since year 0. */
  public static int monthOf(int epochDay) {
    LocalDate date = LocalDate.ofEpochDay(epochDay);
    return date.getYear() * 12 + date.getMonthValue() - 1;
  }

  /** Returns the first day of a month as days since 1970-01-01. */
  public static int firstDay(int month) {
    return (int)
        LocalDate.of(Math.floorDiv(month, 12), Math.floorMod(month, 12) + 1, 1).toEpochDay();
  }

  /** Returns the Monday of a day's week: 1970-01-01 was a Thursday. */
  public static int monday(int epochDay) {
    return epochDay - Math.floorMod(epochDay + 3, 7);
  }

  /** Adds the facts of a block's versions. */
  public void add(byte[] blockBytes) {
    SaleBlock block = SaleBlock.open(blockBytes);
    int[] vehicleCodes = block.codesIn(SaleLayout.VEHICLE, vehicles);
    int[] outletCodes = block.codesIn(SaleLayout.OUTLET, outlets);
    int superseded = Fate.SUPERSEDED.ordinal();
    int conflicting = Fate.CONFLICTING.ordinal();
    while (block.advance()) {
      int at = block.at();
      int day = SaleLayout.soldOn(blockBytes, at);
      if (day < fromDay || day >= toDay) {
        continue;
      }
      int fate = SaleLayout.fate(blockBytes, at);
      int kind =
          fate == superseded || fate == conflicting
              ? Fact.SUPERSEDED
              : SaleLayout.status(blockBytes, at);
      int vehicle = vehicleCodes[SaleLayout.code(blockBytes, at, SaleLayout.VEHICLE)];
      int outlet = outletCodes[SaleLayout.code(blockBytes, at, SaleLayout.OUTLET)];
      long net = SaleLayout.netPrice(blockBytes, at);
      long list = SaleLayout.listPrice(blockBytes, at);
      int hour =
          hours == null ? 0 : Math.floorMod(hours.hourOf(SaleLayout.soldAt(blockBytes, at)), 24);
      int month = months.of(day);
      put(month, day, hour, vehicle, outlet, kind, net, list);
      if (weeks) {
        int mondaysMonth = months.of(monday(day));
        if (mondaysMonth != month) {
          put(mondaysMonth, day, hour, vehicle, outlet, kind, net, list);
        }
      }
    }
  }

  /** Hands out every block that is not empty. */
  public void flush() {
    open.forEach(this::flush);
    open.clear();
  }

  private void put(
      int month, int day, int hour, int vehicle, int outlet, int kind, long net, long list) {
    OpenBlock block = open.computeIfAbsent(month, m -> new OpenBlock());
    if (block.length + Fact.LENGTH > BLOCK_BYTES) {
      flush(month, block);
    }
    block.ensure();
    Fact.put(
        block.bytes,
        block.length,
        day,
        hour,
        block.vehicles.localCode(vehicle),
        block.outlets.localCode(outlet),
        kind,
        net,
        list);
    block.length += Fact.LENGTH;
  }

  private void flush(int month, OpenBlock block) {
    if (block.length == 0) {
      return;
    }
    int header = 4 + block.vehicles.encodedLength(vehicles) + block.outlets.encodedLength(outlets);
    byte[] bytes = new byte[header + block.length];
    LittleEndian.putInt(bytes, 0, header);
    block.outlets.encode(outlets, bytes, block.vehicles.encode(vehicles, bytes, 4));
    System.arraycopy(block.bytes, 0, bytes, header, block.length);
    block.clear();
    out.accept(month, bytes);
  }

  /** Remembers the month of each day: a division of the calendar a version is too much. */
  private static final class MonthOfDay {
    private final short[] months = new short[50_000]; // 1970 to 2106

    int of(int day) {
      if (day < 0 || day >= months.length) {
        return monthOf(day);
      }
      int month = months[day];
      if (month == 0) {
        month = monthOf(day);
        months[day] = (short) month;
      }
      return month;
    }
  }

  private static final class OpenBlock {
    byte[] bytes = new byte[Fact.LENGTH * 32];
    int length;
    final LocalCodes vehicles = new LocalCodes();
    final LocalCodes outlets = new LocalCodes();

    void ensure() {
      if (length == bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.min(bytes.length * 4, BLOCK_BYTES));
      }
    }

    void clear() {
      length = 0;
      vehicles.clear();
      outlets.clear();
    }
  }
}
