package io.autopulse.generate.world;

/**
 * A vehicle that dealers sell.
 *
 * @param index its place in the catalogue
 * @param modelId its key in the vehicles feed
 * @param make the make's name
 * @param model the model's name, without the make
 * @param segment the market segment
 * @param powertrain ICE, HEV, PHEV, BEV or FCEV
 * @param priceCents what it costs before options and discount, in cents
 * @param listed whether the vehicles feed gives that price
 * @param popularity its weight among the vehicles of its powertrain
 */
public record Vehicle(
    int index,
    String modelId,
    String make,
    String model,
    String segment,
    String powertrain,
    int priceCents,
    boolean listed,
    double popularity) {}
