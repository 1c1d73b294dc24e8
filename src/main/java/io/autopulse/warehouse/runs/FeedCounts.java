package io.autopulse.warehouse.runs;

import java.util.List;

/**
 * The fates of one feed's records: {@code read = accepted + rejected + duplicate + conflicting +
 * skipped} and, of the accepted, {@code published = accepted - superseded - outOfRange}.
 *
 * @param feed the feed, as in the manifest
 * @param read records read
 * @param accepted records that follow every rule, each version once
 * @param rejected records kept in {@code rejected_records}
 * @param duplicate records equal to one read before
 * @param superseded accepted records that a newer one of the same key replaces
 * @param outOfRange accepted sales of days that the run does not cover
 * @param published records in the core table by this run; 0 if it did not publish, or read them
 *     back from there
 * @param conflicting records that have key and moment of another and not its content; the other is
 *     accepted
 * @param conflictingKeys a few keys of them
 * @param skipped records that the manifest's filter skips
 */
public record FeedCounts(
    String feed,
    long read,
    long accepted,
    long rejected,
    long duplicate,
    long superseded,
    long outOfRange,
    long published,
    long conflicting,
    List<String> conflictingKeys,
    long skipped) {
  /** Copies the keys. */
  public FeedCounts {
    conflictingKeys = List.copyOf(conflictingKeys);
  }

  /** Returns the same counts of records that this run did not publish. */
  public FeedCounts unpublished() {
    return new FeedCounts(
        feed,
        read,
        accepted,
        rejected,
        duplicate,
        superseded,
        outOfRange,
        0,
        conflicting,
        conflictingKeys,
        skipped);
  }
}
