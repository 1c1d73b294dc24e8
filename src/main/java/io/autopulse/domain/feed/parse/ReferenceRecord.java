package io.autopulse.domain.feed.parse;

import io.autopulse.domain.sale.Dealer;
import io.autopulse.domain.sale.Vehicle;
import io.autopulse.domain.sale.block.SaleLayout;
import java.util.Comparator;
import java.util.List;

/**
 * A sound record of a reference feed. The latest of a key wins: by {@code updatedAt}, then by the
 * texts, so that the result does not depend on the order of arrival.
 *
 * @param key the vehicle's model id or the dealer's id, as a member name
 * @param updatedAt microseconds UTC; 0 where the feed has none
 * @param values the feed's texts and dates (ISO) in the order of its fields, normalised; empty
 *     where absent
 * @param amount the list price in cents, or {@link SaleLayout#NO_PRICE}
 */
public record ReferenceRecord(String key, long updatedAt, List<String> values, long amount)
    implements Comparable<ReferenceRecord> {
  private static final Comparator<ReferenceRecord> ORDER =
      Comparator.comparingLong(ReferenceRecord::updatedAt)
          .thenComparing(r -> String.join("\u001f", r.values()))
          .thenComparingLong(ReferenceRecord::amount);

  /** Copies the texts. */
  public ReferenceRecord {
    values = List.copyOf(values);
  }

  @Override
  public int compareTo(ReferenceRecord other) {
    return ORDER.compare(this, other);
  }

  /** Returns the record of the vehicles feed as a vehicle. */
  public Vehicle toVehicle() {
    return new Vehicle(key, values.get(1), values.get(2), values.get(3), values.get(4), amount);
  }

  /** Returns the record of the dealers feed as a dealer. */
  public Dealer toDealer() {
    return new Dealer(key, values.get(1), values.get(2));
  }
}
