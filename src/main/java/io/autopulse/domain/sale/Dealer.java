package io.autopulse.domain.sale;

/**
 * Reference data of a dealer. Names are members ({@link MemberName}); an attribute that the feed
 * does not give is empty.
 *
 * @param dealerId the key
 * @param name the dealer's name, in its own case
 * @param region the region of its sales, unless a sale has its own
 */
public record Dealer(String dealerId, String name, String region) {}
