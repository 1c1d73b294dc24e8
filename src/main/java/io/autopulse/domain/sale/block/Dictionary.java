package io.autopulse.domain.sale.block;

import java.util.Arrays;

/**
 * Distinct byte strings and their dense codes, from 0 in the order of first sight: open addressing
 * with linear probing on a 32-bit hash. Not safe for use by several threads.
 */
public final class Dictionary {
  private byte[][] entries = new byte[64][];
  private int[] hashes = new int[64];
  private long[] fingerprints = new long[64];
  private int[] slots = new int[256];
  private int size;

  /** Returns the number of distinct entries. */
  public int size() {
    return size;
  }

  /** Returns the entry of a code; the caller must not change it. */
  public byte[] entry(int code) {
    return entries[code];
  }

  /** Returns the 64-bit hash of an entry: the same for equal bytes in every dictionary. */
  long fingerprint(int code) {
    return fingerprints[code];
  }

  /** Returns the code of the bytes, a new one at first sight. */
  public int code(byte[] bytes) {
    return code(bytes, 0, bytes.length);
  }

  /** Returns the code of {@code bytes[from, to)}, a new one at first sight. */
  public int code(byte[] bytes, int from, int to) {
    int hash = hash(bytes, from, to);
    int mask = slots.length - 1;
    int slot = hash & mask;
    for (int code; (code = slots[slot] - 1) >= 0; slot = (slot + 1) & mask) {
      if (hashes[code] == hash
          && Arrays.equals(entries[code], 0, entries[code].length, bytes, from, to)) {
        return code;
      }
    }
    if (size == entries.length) {
      entries = Arrays.copyOf(entries, size * 2);
      hashes = Arrays.copyOf(hashes, size * 2);
      fingerprints = Arrays.copyOf(fingerprints, size * 2);
    }
    entries[size] = Arrays.copyOfRange(bytes, from, to);
    hashes[size] = hash;
    fingerprints[size] = SaleContent.fingerprint(bytes, from, to);
    slots[slot] = ++size;
    if (size * 2 > slots.length) {
      rehash();
    }
    return size - 1;
  }

  private void rehash() {
    slots = new int[slots.length * 4];
    int mask = slots.length - 1;
    for (int code = 0; code < size; code++) {
      int slot = hashes[code] & mask;
      while (slots[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = code + 1;
    }
  }

  private static int hash(byte[] bytes, int from, int to) {
    int hash = 1;
    for (int i = from; i < to; i++) {
      hash = hash * 31 + bytes[i];
    }
    return hash ^ hash >>> 15;
  }
}
