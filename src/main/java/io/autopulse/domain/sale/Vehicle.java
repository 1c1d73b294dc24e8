package io.autopulse.domain.sale;

import io.autopulse.domain.sale.block.SaleLayout;

/**
 * Reference data of a model. Names are members ({@link MemberName}); an attribute that the feed
 * does not give is empty.
 *
 * @param modelId the key
 * @param make the make
 * @param model the model's name, without the make
 * @param segment the market segment
 * @param powertrain the powertrain
 * @param listPrice in cents, or {@link SaleLayout#NO_PRICE}
 */
public record Vehicle(
    String modelId, String make, String model, String segment, String powertrain, long listPrice) {}
