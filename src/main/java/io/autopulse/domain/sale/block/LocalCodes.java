package io.autopulse.domain.sale.block;

import java.util.Arrays;

/**
 * The dictionary of one open block: renumbers the codes of a long-lived {@link Dictionary} into
 * those that the block uses, from 0 in the order of first use. Clearing costs nothing: a generation
 * number tells old entries from new.
 */
public final class LocalCodes {
  private long[] localByCode = new long[64];
  private int[] used = new int[64];
  private int size;
  private int generation = 1;

  /** Returns the block's code for a code of the long-lived dictionary. */
  public int localCode(int code) {
    if (code >= localByCode.length) {
      localByCode = Arrays.copyOf(localByCode, Math.max(code + 1, localByCode.length * 2));
    }
    long local = localByCode[code];
    if ((int) (local >>> 32) == generation) {
      return (int) local;
    }
    if (size == used.length) {
      used = Arrays.copyOf(used, size * 2);
    }
    used[size] = code;
    localByCode[code] = (long) generation << 32 | size;
    return size++;
  }

  /** Returns the bytes that {@link #encode} takes. */
  public int encodedLength(Dictionary dictionary) {
    int length = 4;
    for (int i = 0; i < size; i++) {
      length += 2 + dictionary.entry(used[i]).length;
    }
    return length;
  }

  /**
   * Writes the count and the entries in the order of their local codes, and returns the position
   * after them.
   */
  public int encode(Dictionary dictionary, byte[] bytes, int at) {
    LittleEndian.putInt(bytes, at, size);
    int next = at + 4;
    for (int i = 0; i < size; i++) {
      next = putEntry(bytes, next, dictionary.entry(used[i]));
    }
    return next;
  }

  /** Starts the next block. */
  public void clear() {
    size = 0;
    generation++;
  }

  /** Writes one entry and returns the position after it. */
  static int putEntry(byte[] bytes, int at, byte[] entry) {
    LittleEndian.putShort(bytes, at, entry.length);
    System.arraycopy(entry, 0, bytes, at + 2, entry.length);
    return at + 2 + entry.length;
  }
}
