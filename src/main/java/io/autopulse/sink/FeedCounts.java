package io.autopulse.sink;

/**
 * The fates of one feed's records: {@code read = accepted + rejected + duplicate} and, of the
 * accepted, {@code published = accepted - superseded - outOfRange}.
 *
 * @param feed the feed, as in the manifest
 * @param read records read
 * @param accepted records that follow every rule, each version once
 * @param rejected records kept in {@code rejected_records}
 * @param duplicate records equal to one read before
 * @param superseded accepted records that a newer one of the same key replaces
 * @param outOfRange accepted sales of days that the run does not cover
 * @param published records in the core table after the run; 0 if the run did not publish
 */
public record FeedCounts(
    String feed,
    long read,
    long accepted,
    long rejected,
    long duplicate,
    long superseded,
    long outOfRange,
    long published) {}
