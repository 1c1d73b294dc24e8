package io.autopulse.domain.sale.block;

import io.autopulse.domain.sale.Dealer;
import io.autopulse.domain.sale.Vehicle;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Completes the attributes of sales from reference data: a sale's own attribute wins over the
 * reference's, and what neither gives is {@link #UNKNOWN}. A list price that the sale lacks is the
 * vehicle's. Works on the dictionaries of a block: each distinct vehicle and outlet is joined once.
 */
public final class SaleEnricher {
  /** The member of sales that no feed gives an attribute for. */
  public static final String UNKNOWN = "UNKNOWN";

  private static final Vehicle NO_VEHICLE = new Vehicle("", "", "", "", "", SaleLayout.NO_PRICE);
  private static final Dealer NO_DEALER = new Dealer("", "", "");

  private final Map<String, Vehicle> vehicles = new HashMap<>();
  private final Map<String, Dealer> dealers = new HashMap<>();

  /** Makes an enricher with the reference data, one record a key. */
  public SaleEnricher(Collection<Vehicle> vehicles, Collection<Dealer> dealers) {
    vehicles.forEach(vehicle -> this.vehicles.put(vehicle.modelId(), vehicle));
    dealers.forEach(dealer -> this.dealers.put(dealer.dealerId(), dealer));
  }

  /** Returns the block with every attribute of its versions known or {@link #UNKNOWN}. */
  public byte[] enrich(byte[] blockBytes) {
    SaleBlock block = SaleBlock.open(blockBytes);
    long[] listPrices = new long[block.entries(SaleLayout.VEHICLE)];
    for (int i = 0; i < listPrices.length; i++) {
      listPrices[i] = vehicleOf(Terms.split(block.entry(SaleLayout.VEHICLE, i))).listPrice();
    }
    List<UnaryOperator<byte[]>> rewrites =
        List.of(this::enrichVehicle, this::enrichOutlet, UnaryOperator.identity());
    byte[] enriched = block.withEntries(rewrites);
    SaleBlock result = SaleBlock.open(enriched);
    while (result.advance()) {
      int at = result.at();
      if (SaleLayout.listPrice(enriched, at) == SaleLayout.NO_PRICE) {
        SaleLayout.setListPrice(
            enriched, at, listPrices[SaleLayout.code(enriched, at, SaleLayout.VEHICLE)]);
      }
    }
    return enriched;
  }

  private Vehicle vehicleOf(List<String> parts) {
    return vehicles.getOrDefault(parts.get(0), NO_VEHICLE);
  }

  private byte[] enrichVehicle(byte[] entry) {
    List<String> own = Terms.split(entry);
    Vehicle reference = vehicleOf(own);
    return Terms.join(
        List.of(
            own.get(0),
            known(own.get(1), reference.make()),
            known(own.get(2), reference.model()),
            known(own.get(3), reference.segment()),
            known(own.get(4), reference.powertrain())));
  }

  private byte[] enrichOutlet(byte[] entry) {
    List<String> own = Terms.split(entry);
    Dealer reference = dealers.getOrDefault(own.get(0), NO_DEALER);
    return Terms.join(List.of(known(own.get(0), ""), known(own.get(1), reference.region())));
  }

  private static String known(String own, String reference) {
    if (!own.isEmpty()) {
      return own;
    }
    return reference.isEmpty() ? UNKNOWN : reference;
  }
}
