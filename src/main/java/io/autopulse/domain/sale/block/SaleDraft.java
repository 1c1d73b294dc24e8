package io.autopulse.domain.sale.block;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.autopulse.domain.sale.SaleStatus;

/**
 * A sale version on its way from a parsed record into a block: one mutable object a parser,
 * overwritten by each record, because an object a record is what the refresh would otherwise spend
 * its time on. Units as in {@link SaleLayout}.
 */
public final class SaleDraft {
  private static final int[] NO_CODES = new int[SaleLayout.DICTIONARIES];

  /** When the version was made, microseconds UTC. */
  public long updatedAt;

  /** The version's number among those of the same moment. */
  public long sequence;

  /** The moment of sale, microseconds UTC. */
  public long soldAt;

  /** The business date of sale, days since 1970-01-01. */
  public int soldOn;

  /** List price in cents or {@link SaleLayout#NO_PRICE}. */
  public long listPrice = SaleLayout.NO_PRICE;

  /** Net price in cents. */
  public long netPrice;

  /** What the version says of the sale. */
  public SaleStatus status = SaleStatus.SOLD;

  /** Codes of the writer's dictionaries, indexed by {@link SaleLayout#VEHICLE} and its siblings. */
  public final int[] codes = NO_CODES.clone();

  private byte[] id = new byte[64];
  private int idLength;
  private int idHash;

  /** Sets the sale id from {@code text[from, to)}. */
  public void setId(char[] text, int from, int to) {
    if (id.length < to - from) {
      id = new byte[to - from];
    }
    int hash = 0;
    for (int i = from; i < to; i++) {
      char c = text[i];
      if (c >= 0x80) {
        setId(new String(text, from, to - from).getBytes(UTF_8));
        return;
      }
      id[i - from] = (byte) c;
      hash = hash * 31 + c;
    }
    idLength = to - from;
    idHash = spread(hash);
  }

  private void setId(byte[] utf8) {
    id = utf8.length < id.length ? java.util.Arrays.copyOf(utf8, id.length) : utf8;
    idLength = utf8.length;
    int hash = 0;
    for (byte b : utf8) {
      hash = hash * 31 + b;
    }
    idHash = spread(hash);
  }

  /** Returns the hash of the sale id: the same for the same id wherever it is computed. */
  public int idHash() {
    return idHash;
  }

  /** Returns the bytes this version takes in a block. */
  int length() {
    return SaleLayout.HEADER + idLength;
  }

  /** Writes the version, with codes as given, and returns the position after it. */
  int writeTo(byte[] bytes, int at) {
    SaleLayout.putHeader(bytes, at, this, idLength, idHash);
    System.arraycopy(id, 0, bytes, at + SaleLayout.HEADER, idLength);
    return at + SaleLayout.HEADER + idLength;
  }

  // Ids are often serial numbers: without mixing, their hashes fill neighbouring slots and shards.
  private static int spread(int hash) {
    int h = hash * 0x9E3779B9;
    h ^= h >>> 15;
    h *= 0x85EBCA6B;
    return h ^ h >>> 13;
  }
}
