package io.autopulse.domain.sale.block;

import io.autopulse.domain.sale.Fate;
import java.util.Arrays;

/**
 * All versions of the sales of one shard, resolved in one pass: for each sale the highest version
 * by {@code updated_at}, then {@code sequence}, whatever the order of arrival. Versions of the same
 * sale, moment and sequence with the same content are one that came more than once; of contents
 * that differ the greatest is the version, and the others conflict with it ({@link SaleContent}).
 *
 * <p>An open-addressing table finds a sale by the hash and bytes of its id; versions of a sale are
 * a chain. About 100 bytes a version. Reusable: {@link #clear} keeps the memory. Not safe for use
 * by several threads.
 */
public final class VersionTable {
  private static final int NONE = -1;

  // Most sales have one version, few more than five: insertion is the fastest for those.
  private static final int SHORT_CHAIN = 32;

  private final Dictionary[] dictionaries = SaleBlockWriter.newDictionaries();
  private byte[] arena = new byte[1 << 16];
  private int arenaLength;
  private int[] offsets = new int[1 << 10];
  private int[] previous = new int[1 << 10];
  private int versions;
  private int[] slots = new int[1 << 11];
  private long duplicates;
  private long conflicts;

  /** Takes the distinct versions of the table. */
  @FunctionalInterface
  public interface VersionConsumer {
    /** Takes a version that stands in {@code bytes} at {@code at}, its fate being set. */
    void accept(byte[] bytes, int at);
  }

  /** Returns what the codes of the table's versions mean. */
  public Dictionary[] dictionaries() {
    return dictionaries;
  }

  /** Returns how many of the versions resolved since {@link #clear} had come before. */
  public long duplicates() {
    return duplicates;
  }

  /** Returns how many contents resolved since {@link #clear} were no version beside a greater. */
  public long conflicts() {
    return conflicts;
  }

  /** Forgets the versions of the last shard. */
  public void clear() {
    arenaLength = 0;
    versions = 0;
    duplicates = 0;
    conflicts = 0;
  }

  /** Adds the versions of a block. */
  public void add(byte[] blockBytes) {
    SaleBlock block = SaleBlock.open(blockBytes);
    int[][] codes = new int[SaleLayout.DICTIONARIES][];
    for (int d = 0; d < codes.length; d++) {
      codes[d] = block.codesIn(d, dictionaries[d]);
    }
    int length = blockBytes.length - block.versionsStart();
    if (arenaLength + length > arena.length) {
      arena =
          Arrays.copyOf(arena, Math.max(Math.addExact(arenaLength, length), doubled(arena.length)));
    }
    System.arraycopy(blockBytes, block.versionsStart(), arena, arenaLength, length);
    int at = arenaLength;
    arenaLength += length;
    while (at < arenaLength) {
      if (versions == offsets.length) {
        offsets = Arrays.copyOf(offsets, versions * 2);
        previous = Arrays.copyOf(previous, versions * 2);
      }
      offsets[versions++] = at;
      for (int d = 0; d < codes.length; d++) {
        SaleLayout.setCode(arena, at, d, codes[d][SaleLayout.code(arena, at, d)]);
      }
      at += SaleLayout.length(arena, at);
    }
  }

  /**
   * Resolves the shard: hands over each distinct version once, with its fate set to {@link
   * Fate#SUPERSEDED}, or, for the highest of its sale, {@link Fate#CURRENT} if it was sold within
   * the covered days and {@link Fate#OUT_OF_RANGE} if not.
   *
   * @param fromDay the first covered day, inclusive
   * @param toDay the day after the last covered one
   */
  public void resolve(int fromDay, int toDay, VersionConsumer out) {
    resolve(fromDay, toDay, out, (bytes, at) -> {});
  }

  /**
   * Resolves the shard, as above.
   *
   * @param conflicting takes each content that a greater one of its moment and sequence won
   *     against, once, its fate being {@link Fate#CONFLICTING}
   */
  public void resolve(int fromDay, int toDay, VersionConsumer out, VersionConsumer conflicting) {
    chainVersionsOfEachSale();
    int[] chain = new int[16];
    for (int slot : slots) {
      if (slot == 0) {
        continue;
      }
      int version = slot - 1;
      if (previous[version] == NONE) {
        emit(offsets[version], true, fromDay, toDay, out);
        continue;
      }
      int length = 0;
      for (; version != NONE; version = previous[version]) {
        if (length == chain.length) {
          chain = Arrays.copyOf(chain, length * 2);
        }
        chain[length++] = offsets[version];
      }
      emitChain(chain, length, fromDay, toDay, out, conflicting);
    }
  }

  private void chainVersionsOfEachSale() {
    int capacity = Integer.highestOneBit(Math.max(512, versions)) * 4;
    if (slots.length < capacity) {
      slots = new int[capacity];
    } else {
      Arrays.fill(slots, 0);
    }
    int mask = slots.length - 1;
    for (int version = 0; version < versions; version++) {
      int at = offsets[version];
      // The shard took the high bits of the hash: mix again, or all its sales meet in few slots.
      int slot = (SaleLayout.idHash(arena, at) * 0x9E3779B1 >>> 7) & mask;
      while (slots[slot] != 0 && !sameSale(offsets[slots[slot] - 1], at)) {
        slot = (slot + 1) & mask;
      }
      previous[version] = slots[slot] - 1;
      slots[slot] = version + 1;
    }
  }

  private void emitChain(
      int[] chain,
      int length,
      int fromDay,
      int toDay,
      VersionConsumer out,
      VersionConsumer conflicting) {
    sortChain(chain, length);
    for (int i = 0; i < length; i++) {
      int at = chain[i];
      boolean last = i == length - 1;
      if (last || SaleContent.compareMoments(arena, at, arena, chain[i + 1]) != 0) {
        emit(at, last, fromDay, toDay, out);
      } else if (SaleLayout.fingerprint(arena, at) == SaleLayout.fingerprint(arena, chain[i + 1])) {
        duplicates++;
      } else {
        conflicts++;
        SaleLayout.setFate(arena, at, Fate.CONFLICTING);
        conflicting.accept(arena, at);
      }
    }
  }

  private void sortChain(int[] chain, int length) {
    if (length > SHORT_CHAIN) {
      Integer[] boxed = new Integer[length];
      Arrays.setAll(boxed, i -> chain[i]);
      Arrays.sort(boxed, (a, b) -> SaleContent.compare(arena, a, b, dictionaries));
      Arrays.setAll(chain, i -> i < length ? boxed[i] : chain[i]);
      return;
    }
    for (int i = 1; i < length; i++) {
      int at = chain[i];
      int j = i;
      for (; j > 0 && SaleContent.compare(arena, chain[j - 1], at, dictionaries) > 0; j--) {
        chain[j] = chain[j - 1];
      }
      chain[j] = at;
    }
  }

  private void emit(int at, boolean highest, int fromDay, int toDay, VersionConsumer out) {
    int day = SaleLayout.soldOn(arena, at);
    SaleLayout.setFate(
        arena,
        at,
        !highest
            ? Fate.SUPERSEDED
            : day >= fromDay && day < toDay ? Fate.CURRENT : Fate.OUT_OF_RANGE);
    out.accept(arena, at);
  }

  private boolean sameSale(int a, int b) {
    return SaleLayout.idHash(arena, a) == SaleLayout.idHash(arena, b)
        && Arrays.equals(
            arena,
            a + SaleLayout.HEADER,
            a + SaleLayout.length(arena, a),
            arena,
            b + SaleLayout.HEADER,
            b + SaleLayout.length(arena, b));
  }

  private static int doubled(int length) {
    return length > Integer.MAX_VALUE / 2 ? Integer.MAX_VALUE - 8 : length * 2;
  }
}
