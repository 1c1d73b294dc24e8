package io.autopulse.generate.world;

/**
 * A dealer of the network.
 *
 * @param index its place in the network
 * @param dealerId its key in the dealers feed
 * @param name the dealer's name
 * @param region index of its region
 * @param weight its size among the dealers
 */
public record Dealer(int index, String dealerId, String name, int region, double weight) {}
