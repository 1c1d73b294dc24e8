package io.autopulse.domain.feed.parse;

import io.autopulse.domain.feed.RejectedRecord;
import io.autopulse.domain.sale.Target;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which of the records of one target counts: the latest by {@code updated_at}. If the latest ones
 * differ, none does, for a guess would be a number that nobody set. The order of arrival changes
 * nothing.
 *
 * @param current the target that counts, if one does
 * @param duplicates records that have come before, word for word
 * @param superseded distinct records that a later one replaces
 * @param conflicting the latest records if they differ, each rejected
 */
public record TargetChoice(
    Optional<Target> current, int duplicates, int superseded, List<RejectedRecord> conflicting) {
  private static final Comparator<ReadTarget> ORDER =
      Comparator.comparingLong((ReadTarget read) -> read.target().updatedAt())
          .thenComparing(read -> read.record().origin())
          .thenComparingLong(read -> read.target().units())
          .thenComparingLong(read -> read.target().revenue());

  /** Copies the list. */
  public TargetChoice {
    conflicting = List.copyOf(conflicting);
  }

  /**
   * Chooses.
   *
   * @param records at least one, all of one {@link Target#key}
   */
  public static TargetChoice of(Collection<ReadTarget> records) {
    Map<Target, ReadTarget> byContent = new LinkedHashMap<>();
    records.stream().sorted(ORDER).forEach(read -> byContent.putIfAbsent(read.target(), read));
    List<ReadTarget> distinct = new ArrayList<>(byContent.values());
    long last = distinct.get(distinct.size() - 1).target().updatedAt();
    List<ReadTarget> latest =
        distinct.stream().filter(read -> read.target().updatedAt() == last).toList();
    int duplicates = records.size() - distinct.size();
    int superseded = distinct.size() - latest.size();
    if (latest.size() == 1) {
      return new TargetChoice(
          Optional.of(latest.get(0).target()), duplicates, superseded, List.of());
    }
    List<RejectedRecord> conflicting = new ArrayList<>();
    for (int i = 0; i < latest.size(); i++) {
      conflicting.add(latest.get(i).contradicting(latest.get(i == 0 ? 1 : 0)));
    }
    return new TargetChoice(Optional.empty(), duplicates, superseded, conflicting);
  }
}
