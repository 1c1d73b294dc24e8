package io.autopulse.domain.sale.block;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Little-endian numbers in byte arrays: the number format of every block. */
public final class LittleEndian {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  private LittleEndian() {}

  /** Returns the eight bytes at the position. */
  public static long getLong(byte[] bytes, int position) {
    return (long) LONG.get(bytes, position);
  }

  /** Sets the eight bytes at the position. */
  public static void putLong(byte[] bytes, int position, long value) {
    LONG.set(bytes, position, value);
  }

  /** Returns the four bytes at the position. */
  public static int getInt(byte[] bytes, int position) {
    return (int) INT.get(bytes, position);
  }

  /** Sets the four bytes at the position. */
  public static void putInt(byte[] bytes, int position, int value) {
    INT.set(bytes, position, value);
  }

  /** Returns the two bytes at the position as 0 to 65,535. */
  public static int getUnsignedShort(byte[] bytes, int position) {
    return (short) SHORT.get(bytes, position) & 0xffff;
  }

  /** Sets the two bytes at the position to the value's low 16 bits. */
  public static void putShort(byte[] bytes, int position, int value) {
    SHORT.set(bytes, position, (short) value);
  }
}
