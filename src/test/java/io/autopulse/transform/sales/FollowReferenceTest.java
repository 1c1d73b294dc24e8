package io.autopulse.transform.sales;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;

import io.autopulse.domain.feed.CsvDialect;
import io.autopulse.domain.feed.Feed;
import io.autopulse.domain.feed.FeedFormat;
import io.autopulse.domain.feed.RawBlock;
import io.autopulse.domain.feed.parse.ReferenceRecord;
import io.autopulse.source.RawBlockCoder;
import io.autopulse.testing.CheckedPipeline;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TreeSet;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Count;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;

class FollowReferenceTest {
  private static final Instant START = Instant.parse("2024-05-14T12:00:00Z");
  private static final Instant BEGUN = START.plus(Duration.millis(1));
  private static final Duration LONG = Duration.standardMinutes(1);

  private final CheckedPipeline checked = new CheckedPipeline();

  private static TestStream.Builder<RawBlock> stream() {
    return TestStream.create(new RawBlockCoder()).advanceWatermarkTo(START.minus(LONG));
  }

  private static RawBlock dealer(String id) {
    return new RawBlock(
        RawBlock.Format.CSV,
        "dealers.csv",
        2,
        new CsvDialect(',', '"'),
        List.of("dealer_id", "dealer_name"),
        (id + ",Name\n").getBytes(UTF_8));
  }

  /** The lists handed out, in the order of their sizes, each as the keys that it holds. */
  private void handsOut(TestStream<RawBlock> stream, String... expected) {
    checked.check(
        checked
            .pipeline()
            .apply("Read", stream)
            .apply(
                "Follow",
                FollowReference.of(FeedFormat.plain(Feed.DEALERS, ZoneOffset.UTC, "EUR"), START))
            .get(FollowReference.SNAPSHOTS),
        lists ->
            assertThat(
                lists.stream().map(FollowReferenceTest::keys).sorted().toList(),
                contains(expected)));
    checked.run();
  }

  private static String keys(List<ReferenceRecord> records) {
    TreeSet<String> keys = new TreeSet<>();
    records.forEach(record -> keys.add(record.key()));
    return String.join(" ", keys);
  }

  @Test
  void firstListWaitsForAllThatWasThereAtTheStart() {
    handsOut(
        stream()
            .addElements(dealer("A"))
            .advanceProcessingTime(LONG)
            .addElements(dealer("B"))
            .advanceProcessingTime(LONG)
            .advanceWatermarkTo(BEGUN)
            .advanceProcessingTime(LONG)
            .advanceWatermarkToInfinity(),
        "A B");
  }

  @Test
  void changesThatFollowEachOtherMakeOneList() {
    handsOut(
        stream()
            .addElements(dealer("A"))
            .advanceWatermarkTo(BEGUN)
            .addElements(dealer("B"))
            .addElements(dealer("C"))
            .addElements(dealer("A"))
            .advanceProcessingTime(LONG)
            .addElements(dealer("A"))
            .advanceProcessingTime(LONG)
            .advanceWatermarkToInfinity(),
        "A",
        "A B C");
  }

  @Test
  void feedThatEndsHandsOutItsLastChange() {
    handsOut(
        stream()
            .addElements(dealer("A"))
            .advanceWatermarkTo(BEGUN)
            .addElements(dealer("B"))
            .advanceWatermarkToInfinity(),
        "A",
        "A B");
  }

  // Flink makes a side input of a stream by combining each pane to a list.
  @Test
  void endOfTheFeedIsNoEmptyPane() {
    checked.check(
        checked
            .pipeline()
            .apply(
                "Read",
                stream()
                    .addElements(dealer("A"))
                    .advanceWatermarkTo(BEGUN)
                    .advanceWatermarkToInfinity())
            .apply(
                "Follow",
                FollowReference.of(FeedFormat.plain(Feed.DEALERS, ZoneOffset.UTC, "EUR"), START))
            .get(FollowReference.SNAPSHOTS)
            .apply("Each as a pane", FollowReference.eachAsAPane())
            .apply(
                "Count panes",
                Combine.globally(Count.<List<ReferenceRecord>>combineFn()).withoutDefaults()),
        sizes -> assertThat(sizes, contains(1L)));
    checked.run();
  }
}
