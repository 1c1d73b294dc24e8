package io.autopulse.domain.sale.block;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.autopulse.domain.sale.Change;
import io.autopulse.domain.sale.Fate;
import io.autopulse.domain.sale.SaleStatus;

/**
 * The binary layout of one sale version: a header of {@value #HEADER} bytes, then the sale id in
 * UTF-8. Attributes are codes of the dictionaries that travel in the same block. Times are
 * microseconds since 1970-01-01T00:00:00Z, days are days since 1970-01-01 in the manifest's time
 * zone, prices are cents.
 */
public final class SaleLayout {
  /** No list price. */
  public static final long NO_PRICE = Long.MIN_VALUE;

  /** Dictionary of vehicles: model id, make, model, segment, powertrain. */
  public static final int VEHICLE = 0;

  /** Dictionary of outlets: dealer id, region. */
  public static final int OUTLET = 1;

  /** Dictionary of provenance: channel, source. */
  public static final int PROVENANCE = 2;

  /** How many dictionaries a block carries. */
  public static final int DICTIONARIES = 3;

  /** Bytes of a version before its sale id. */
  public static final int HEADER = 76;

  private static final int UPDATED_AT = 0;
  private static final int SEQUENCE = 8;
  private static final int SOLD_AT = 16;
  private static final int LIST_PRICE = 24;
  private static final int NET_PRICE = 32;
  private static final int SOLD_ON = 40;
  private static final int CODES = 44;
  private static final int STATUS = 56;
  private static final int FATE = 57;
  private static final int ID_LENGTH = 58;
  private static final int ID_HASH = 60;
  private static final int CHANGE = 64;
  private static final int FINGERPRINT = 68;

  private SaleLayout() {}

  /** Writes a version's header; its fate is {@link Fate#UNRESOLVED}. */
  static void putHeader(byte[] bytes, int at, SaleDraft sale, int idLength, int idHash) {
    LittleEndian.putLong(bytes, at + UPDATED_AT, sale.updatedAt);
    LittleEndian.putLong(bytes, at + SEQUENCE, sale.sequence);
    LittleEndian.putLong(bytes, at + SOLD_AT, sale.soldAt);
    LittleEndian.putLong(bytes, at + LIST_PRICE, sale.listPrice);
    LittleEndian.putLong(bytes, at + NET_PRICE, sale.netPrice);
    LittleEndian.putInt(bytes, at + SOLD_ON, sale.soldOn);
    bytes[at + STATUS] = (byte) sale.status.ordinal();
    bytes[at + FATE] = (byte) Fate.UNRESOLVED.ordinal();
    LittleEndian.putShort(bytes, at + ID_LENGTH, idLength);
    LittleEndian.putInt(bytes, at + ID_HASH, idHash);
    LittleEndian.putInt(bytes, at + CHANGE, Change.NONE.ordinal());
  }

  /** Returns when the version was made, microseconds UTC. */
  public static long updatedAt(byte[] bytes, int at) {
    return LittleEndian.getLong(bytes, at + UPDATED_AT);
  }

  /** Returns the version's number among those of the same moment. */
  public static long sequence(byte[] bytes, int at) {
    return LittleEndian.getLong(bytes, at + SEQUENCE);
  }

  /** Returns the moment of sale, microseconds UTC. */
  public static long soldAt(byte[] bytes, int at) {
    return LittleEndian.getLong(bytes, at + SOLD_AT);
  }

  /** Returns the business date of sale, days since 1970-01-01. */
  public static int soldOn(byte[] bytes, int at) {
    return LittleEndian.getInt(bytes, at + SOLD_ON);
  }

  /** Returns the list price in cents, or {@link #NO_PRICE}. */
  public static long listPrice(byte[] bytes, int at) {
    return LittleEndian.getLong(bytes, at + LIST_PRICE);
  }

  /** Sets the list price in cents. */
  public static void setListPrice(byte[] bytes, int at, long cents) {
    LittleEndian.putLong(bytes, at + LIST_PRICE, cents);
  }

  /** Returns the net price in cents. */
  public static long netPrice(byte[] bytes, int at) {
    return LittleEndian.getLong(bytes, at + NET_PRICE);
  }

  /** Returns the code of the version's entry in a dictionary of its block. */
  public static int code(byte[] bytes, int at, int dictionary) {
    return LittleEndian.getInt(bytes, at + CODES + 4 * dictionary);
  }

  /** Sets the code of the version's entry in a dictionary. */
  static void setCode(byte[] bytes, int at, int dictionary, int code) {
    LittleEndian.putInt(bytes, at + CODES + 4 * dictionary, code);
  }

  /** Returns the {@link SaleStatus} as its ordinal. */
  public static int status(byte[] bytes, int at) {
    return bytes[at + STATUS];
  }

  /** Returns the {@link Fate} as its ordinal. */
  public static int fate(byte[] bytes, int at) {
    return bytes[at + FATE];
  }

  /** Sets the fate. */
  static void setFate(byte[] bytes, int at, Fate fate) {
    bytes[at + FATE] = (byte) fate.ordinal();
  }

  /** Returns the {@link Change} as its ordinal. */
  public static int change(byte[] bytes, int at) {
    return LittleEndian.getInt(bytes, at + CHANGE);
  }

  /** Sets the change. */
  static void setChange(byte[] bytes, int at, Change change) {
    LittleEndian.putInt(bytes, at + CHANGE, change.ordinal());
  }

  /** Returns the {@link SaleContent} hash of what the source sent. */
  static long fingerprint(byte[] bytes, int at) {
    return LittleEndian.getLong(bytes, at + FINGERPRINT);
  }

  /** Sets the hash of what the source sent. */
  static void setFingerprint(byte[] bytes, int at, long fingerprint) {
    LittleEndian.putLong(bytes, at + FINGERPRINT, fingerprint);
  }

  /** Returns the length of the sale id in bytes. */
  public static int idLength(byte[] bytes, int at) {
    return LittleEndian.getUnsignedShort(bytes, at + ID_LENGTH);
  }

  /** Returns the sale id. */
  public static String id(byte[] bytes, int at) {
    return new String(bytes, at + HEADER, idLength(bytes, at), UTF_8);
  }

  /** Returns the hash of the sale id's bytes. */
  public static int idHash(byte[] bytes, int at) {
    return LittleEndian.getInt(bytes, at + ID_HASH);
  }

  /** Returns the length of the whole version in bytes. */
  public static int length(byte[] bytes, int at) {
    return HEADER + idLength(bytes, at);
  }
}
