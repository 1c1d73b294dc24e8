package io.autopulse.domain.kpi.rollup;

import io.autopulse.domain.kpi.Fact;
import io.autopulse.domain.kpi.PriceHistogram;
import io.autopulse.domain.sale.block.Dictionary;
import io.autopulse.domain.sale.block.LittleEndian;
import java.util.Arrays;

/**
 * The facts of one month in columns, with the price bin of each and the distinct vehicles and
 * outlets. Not safe for several threads.
 */
final class FactTable {
  final Dictionary vehicles = new Dictionary();
  final Dictionary outlets = new Dictionary();
  int size;
  int[] day = new int[1 << 12];
  int[] vehicle = new int[1 << 12];
  int[] outlet = new int[1 << 12];
  byte[] hour = new byte[1 << 12];
  byte[] kind = new byte[1 << 12];
  short[] bin = new short[1 << 12];
  long[] net = new long[1 << 12];
  long[] list = new long[1 << 12];

  /** Forgets the facts of the last month; codes stay. */
  void clear() {
    size = 0;
  }

  /** Adds the facts of a block. */
  void add(byte[] block) {
    int[] position = {4};
    int[] vehicleCodes = readCodes(block, position, vehicles);
    int[] outletCodes = readCodes(block, position, outlets);
    int at = LittleEndian.getInt(block, 0);
    ensure((block.length - at) / Fact.LENGTH);
    for (; at < block.length; at += Fact.LENGTH) {
      day[size] = Fact.day(block, at);
      vehicle[size] = vehicleCodes[Fact.vehicle(block, at)];
      outlet[size] = outletCodes[Fact.outlet(block, at)];
      hour[size] = (byte) Fact.hour(block, at);
      kind[size] = (byte) Fact.kind(block, at);
      net[size] = Fact.net(block, at);
      list[size] = Fact.list(block, at);
      bin[size] = (short) PriceHistogram.bin(net[size]);
      size++;
    }
  }

  private static int[] readCodes(byte[] block, int[] position, Dictionary target) {
    int at = position[0];
    int[] codes = new int[LittleEndian.getInt(block, at)];
    at += 4;
    for (int i = 0; i < codes.length; i++) {
      int length = LittleEndian.getUnsignedShort(block, at);
      codes[i] = target.code(block, at + 2, at + 2 + length);
      at += 2 + length;
    }
    position[0] = at;
    return codes;
  }

  private void ensure(int more) {
    int needed = Math.addExact(size, more);
    if (needed <= day.length) {
      return;
    }
    int capacity = Math.max(needed, day.length + (day.length >> 1));
    day = Arrays.copyOf(day, capacity);
    vehicle = Arrays.copyOf(vehicle, capacity);
    outlet = Arrays.copyOf(outlet, capacity);
    hour = Arrays.copyOf(hour, capacity);
    kind = Arrays.copyOf(kind, capacity);
    bin = Arrays.copyOf(bin, capacity);
    net = Arrays.copyOf(net, capacity);
    list = Arrays.copyOf(list, capacity);
  }
}
