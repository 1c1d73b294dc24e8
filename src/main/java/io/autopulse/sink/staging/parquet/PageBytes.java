package io.autopulse.sink.staging.parquet;

import io.autopulse.domain.sale.block.LittleEndian;
import java.util.Arrays;

/** Bytes that grow: the body of a page in the making. */
final class PageBytes {
  private byte[] bytes = new byte[1 << 12];
  private int length;

  int length() {
    return length;
  }

  byte[] array() {
    return bytes;
  }

  void clear() {
    length = 0;
  }

  void putByte(int value) {
    room(1);
    bytes[length++] = (byte) value;
  }

  void putInt(int value) {
    room(4);
    LittleEndian.putInt(bytes, length, value);
    length += 4;
  }

  void putLong(long value) {
    room(8);
    LittleEndian.putLong(bytes, length, value);
    length += 8;
  }

  void putBytes(byte[] source, int from, int count) {
    room(count);
    System.arraycopy(source, from, bytes, length, count);
    length += count;
  }

  /** Unsigned LEB128. */
  void putVarint(int value) {
    int rest = value;
    while ((rest & ~0x7f) != 0) {
      putByte(rest & 0x7f | 0x80);
      rest >>>= 7;
    }
    putByte(rest);
  }

  /**
   * Puts {@code count} values of {@code width} bits, the lowest bit first, filled up with zeros to
   * a multiple of eight values: the bit-packed part of Parquet's RLE/bit-packing hybrid.
   */
  void putPacked(int[] values, int count, int width) {
    int groups = (count + 7) / 8;
    room(groups * width + 8);
    int end = length + groups * width;
    long pending = 0;
    int bits = 0;
    for (int i = 0; i < count; i++) {
      pending |= (values[i] & 0xffffffffL) << bits;
      bits += width;
      while (bits >= 8) {
        bytes[length++] = (byte) pending;
        pending >>>= 8;
        bits -= 8;
      }
    }
    while (length < end) {
      bytes[length++] = (byte) pending;
      pending >>>= 8;
    }
  }

  private void room(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(length, more), bytes.length * 2));
    }
  }
}
