package io.autopulse.generate.world;

import io.autopulse.domain.sale.SaleStatus;
import org.jspecify.annotations.Nullable;

/**
 * A version of a sale as the ERP sends it.
 *
 * @param saleId the sale's key
 * @param updatedAt when the version was made, epoch milliseconds
 * @param sequence 1 for the first version, and so on
 * @param status what it says of the sale
 * @param day business date of the sale, counted from the period's first
 * @param soldAt instant of the sale, epoch seconds
 * @param vehicle what was sold
 * @param dealer who sold it; null if the record does not say
 * @param region index of the region that the sale belongs to, or -1 if neither the sale nor a
 *     dealer says
 * @param regionText the sale's own region as the record spells it, or empty
 * @param listPrice the record's own list price in cents, or -1
 * @param netPrice the price paid, in cents
 * @param channel how it was sold
 * @param source the system that the record comes from
 * @param customerName invented
 * @param customerPhone invented
 */
public record SaleVersion(
    String saleId,
    long updatedAt,
    int sequence,
    SaleStatus status,
    int day,
    long soldAt,
    Vehicle vehicle,
    @Nullable Dealer dealer,
    int region,
    String regionText,
    int listPrice,
    int netPrice,
    String channel,
    String source,
    String customerName,
    String customerPhone) {

  /**
   * Returns the list price that counts: the record's own, else the vehicle's if the reference gives
   * one, else -1.
   */
  public int effectiveListPrice() {
    return listPrice >= 0 ? listPrice : vehicle.listed() ? vehicle.priceCents() : -1;
  }

  /** Returns the next version, so many milliseconds later. */
  SaleVersion next(long millisLater, SaleStatus newStatus) {
    return new SaleVersion(
        saleId,
        updatedAt + millisLater,
        sequence + 1,
        newStatus,
        day,
        soldAt,
        vehicle,
        dealer,
        region,
        regionText,
        listPrice,
        netPrice,
        channel,
        source,
        customerName,
        customerPhone);
  }

  /** Returns this version on another date. */
  SaleVersion on(int otherDay, long instant) {
    return new SaleVersion(
        saleId,
        updatedAt,
        sequence,
        status,
        otherDay,
        instant,
        vehicle,
        dealer,
        region,
        regionText,
        listPrice,
        netPrice,
        channel,
        source,
        customerName,
        customerPhone);
  }

  /** Returns this version, made and sold at other instants: epoch milliseconds and seconds. */
  public SaleVersion at(long updatedMillis, long soldSecond) {
    return new SaleVersion(
        saleId,
        updatedMillis,
        sequence,
        status,
        day,
        soldSecond,
        vehicle,
        dealer,
        region,
        regionText,
        listPrice,
        netPrice,
        channel,
        source,
        customerName,
        customerPhone);
  }

  /** Returns this version by another dealer and in another region. */
  SaleVersion by(@Nullable Dealer otherDealer, int otherRegion, String text) {
    return new SaleVersion(
        saleId,
        updatedAt,
        sequence,
        status,
        day,
        soldAt,
        vehicle,
        otherDealer,
        otherRegion,
        text,
        listPrice,
        netPrice,
        channel,
        source,
        customerName,
        customerPhone);
  }

  /** Returns this version with another vehicle and other prices in cents; -1 for no list price. */
  SaleVersion of(Vehicle otherVehicle, int list, int net) {
    return new SaleVersion(
        saleId,
        updatedAt,
        sequence,
        status,
        day,
        soldAt,
        otherVehicle,
        dealer,
        region,
        regionText,
        list,
        net,
        channel,
        source,
        customerName,
        customerPhone);
  }

  /** Returns this version with other free texts. */
  public SaleVersion withTexts(String otherChannel, String otherName) {
    return new SaleVersion(
        saleId,
        updatedAt,
        sequence,
        status,
        day,
        soldAt,
        vehicle,
        dealer,
        region,
        regionText,
        listPrice,
        netPrice,
        otherChannel,
        source,
        otherName,
        customerPhone);
  }

  /** Returns this version as one of another sale. */
  public SaleVersion withSaleId(String other) {
    return new SaleVersion(
        other,
        updatedAt,
        sequence,
        status,
        day,
        soldAt,
        vehicle,
        dealer,
        region,
        regionText,
        listPrice,
        netPrice,
        channel,
        source,
        customerName,
        customerPhone);
  }
}
