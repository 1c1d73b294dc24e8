package io.autopulse.transform.record;

import io.autopulse.domain.feed.Feed;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.values.KV;

/**
 * The fates of a feed's records within a bundle, counted in the data: a runner's metrics count
 * retried bundles twice and cost more than the counting. Emitted as {@code feed/measure -> count}
 * when the bundle ends, and as {@code feed/ABSENT/name -> count} how many records lack a key,
 * {@code feed/LACKED/period -> count} and {@code feed/UNDATED/ -> count} what an extract of market
 * data withdraws and what none can, and {@code feed/REJECTED_SALE/id -> count} how many rejected
 * records name a sale.
 */
public final class Counts {
  /** The coder of counts. */
  public static final Coder<KV<String, Long>> CODER =
      KvCoder.of(StringUtf8Coder.of(), VarLongCoder.of());

  /** Stands between a feed and a key that its records lack. */
  static final String ABSENT = "ABSENT";

  /** What is counted of a feed. */
  public enum Measure {
    /** Raw records. */
    READ,
    /** Records that a rule rejected. */
    REJECTED,
    /** Records that the manifest's filter skips. */
    SKIPPED,
    /** Records that had come before. */
    DUPLICATE,
    /** Records that have the key of another and not its content. */
    CONFLICTING,
    /** Records that a newer one of the same key supersedes. */
    SUPERSEDED,
    /** Current versions of sales outside the covered interval. */
    OUT_OF_RANGE,
    /** Records that are published. */
    CURRENT,
    /** Records of JSON whose keys were looked at. */
    KEYED
  }

  private final Feed feed;
  private final Map<Measure, Long> counts = new EnumMap<>(Measure.class);
  private final Map<String, Long> noted = new HashMap<>();
  private final Map<String, Long> rejectedSales = new HashMap<>();
  private final List<String> conflicting = new ArrayList<>();

  /** Makes the counts of a feed, all zero. */
  public Counts(Feed feed) {
    this.feed = feed;
  }

  /** Returns the key of a measure of a feed. */
  public static String key(Feed feed, Measure measure) {
    return feed + "/" + measure.name();
  }

  /** Adds records to a measure. */
  public void add(Measure measure, long count) {
    counts.merge(measure, count, Long::sum);
  }

  /** Counts records of a period and region that a later extract spans and lacks. */
  public void addLacked(String period, long count) {
    noted.merge("LACKED/" + period, count, Long::sum);
  }

  /** Counts records without a time of extraction, which no extract withdraws. */
  public void addUndated(long count) {
    noted.merge("UNDATED/", count, Long::sum);
  }

  /** Counts the keys that records which a reader has read since the last call lack. */
  public void addAbsent(RecordReader reader) {
    add(
        Measure.KEYED,
        reader.drainAbsent(
            (name, records) -> noted.merge(ABSENT + "/" + name, records, Long::sum)));
  }

  /** Counts a rejected record that names a sale. */
  public void addRejectedSale(String saleId) {
    rejectedSales.merge(saleId, 1L, Long::sum);
  }

  /** Names the key of a conflicting record, for messages: a few are enough. */
  public void conflicting(String key) {
    conflicting.add(key);
  }

  /** Takes a count. */
  @FunctionalInterface
  public interface CountConsumer {
    void accept(KV<String, Long> count);
  }

  /** Hands out the counts that are not zero, and starts again. */
  public void drain(CountConsumer out) {
    counts.forEach(
        (measure, count) -> {
          if (count != 0) {
            out.accept(KV.of(key(feed, measure), count));
          }
        });
    // What a key adds is counted already.
    conflicting.forEach(key -> out.accept(KV.of(key(feed, Measure.CONFLICTING) + "/" + key, 0L)));
    counts.clear();
    noted.forEach((name, count) -> out.accept(KV.of(feed + "/" + name, count)));
    noted.clear();
    rejectedSales.forEach((id, count) -> out.accept(KV.of(feed + "/REJECTED_SALE/" + id, count)));
    rejectedSales.clear();
    conflicting.clear();
  }
}
