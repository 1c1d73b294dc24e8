package io.autopulse.transform.kpi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.autopulse.domain.kpi.Dimension;
import io.autopulse.domain.kpi.Dimension.Attribute;
import io.autopulse.domain.kpi.Grain;
import io.autopulse.domain.kpi.KpiBlock;
import io.autopulse.domain.kpi.KpiLayout;
import io.autopulse.domain.problem.RejectCode;
import io.autopulse.domain.sale.SaleStatus;
import io.autopulse.domain.sale.block.Version;
import io.autopulse.testing.CheckedPipeline;
import io.autopulse.transform.record.SaleBlockCoder;
import io.autopulse.transform.sales.ResolveLiveVersions;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The five stories of lateness of Beam's {@code LeaderBoardTest}, each for a new sale, a correction
 * that moves a sale to another dealer, day and price, and a cancellation.
 */
class LiveLatenessTest {
  private static final LocalDate DAY = LocalDate.of(2024, 5, 14);
  private static final Duration HORIZON = Duration.ofDays(35);

  private final CheckedPipeline checked = new CheckedPipeline();

  /** What comes; the sale that it corrects or cancels came in time, the day before. */
  enum Story {
    NEW_SALE(Map.of("D2", "1 sold, 0 cancelled, 100, revision 1")),
    CORRECTION(
        Map.of(
            "D1",
            "0 sold, 0 cancelled, 0, revision 2",
            "D2",
            "1 sold, 0 cancelled, 100, revision 1")),
    CANCELLATION(Map.of("D1", "0 sold, 1 cancelled, 0, revision 3"));

    private final Map<String, String> after;

    Story(Map<String, String> after) {
      this.after = after;
    }

    Version version() {
      return switch (this) {
        case NEW_SALE -> Version.of("2").soldOn(DAY).outlet("D2", "N").prices(100, 0).updated(9, 0);
        case CORRECTION ->
            Version.of("1").soldOn(DAY).outlet("D2", "N").prices(100, 0).updated(9, 0);
        case CANCELLATION -> known().status(SaleStatus.CANCELLED).updated(9, 0);
      };
    }

    static Version known() {
      return Version.of("1").soldOn(DAY).outlet("D1", "N").prices(500, 0).updated(5, 0);
    }

    Map<String, String> expected() {
      Map<String, String> cells = new TreeMap<>(after);
      cells.putIfAbsent("D1", "1 sold, 0 cancelled, 500, revision 1");
      return cells;
    }
  }

  private static Instant at(LocalDate date, int hour) {
    return Instant.ofEpochSecond(date.toEpochDay() * 86_400 + hour * 3_600L);
  }

  private static TestStream.Builder<KV<Integer, byte[]>> stream() {
    return TestStream.create(SaleBlockCoder.BY_SHARD).advanceWatermarkTo(at(DAY, 0));
  }

  private static KV<Integer, byte[]> block(Version version) {
    return KV.of(7, Version.block(version));
  }

  private PCollectionTuple resolved(TestStream<KV<Integer, byte[]>> stream) {
    return checked
        .pipeline()
        .apply("Versions", stream)
        .apply("Resolve", ResolveLiveVersions.within(HORIZON, Clock.systemUTC()));
  }

  private PCollection<byte[]> kpis(PCollectionTuple resolved) {
    return resolved
        .get(ResolveLiveVersions.CHANGES)
        .apply(
            "Compute",
            ComputeLiveKpis.of(
                EnumSet.of(Grain.DAY),
                List.of(Dimension.of(Attribute.DEALER)),
                ZoneOffset.UTC,
                Duration.ofSeconds(10),
                HORIZON));
  }

  /** The row of each dealer with the highest revision. */
  private static Map<String, String> latest(Collection<byte[]> blocks) {
    Map<String, Integer> revisions = new TreeMap<>();
    Map<String, String> rows = new TreeMap<>();
    for (byte[] bytes : blocks) {
      KpiBlock block = KpiBlock.open(bytes);
      for (int i = 0; i < block.rows(); i++) {
        int at = block.at(i);
        String dealer = new String(block.member(KpiLayout.member(bytes, at)), UTF_8);
        int revision = KpiLayout.revision(bytes, at);
        if (revisions.getOrDefault(dealer, 0) <= revision) {
          revisions.put(dealer, revision);
          rows.put(
              dealer,
              "%d sold, %d cancelled, %d, revision %d"
                  .formatted(
                      KpiLayout.unitsSold(bytes, at),
                      KpiLayout.unitsCancelled(bytes, at),
                      KpiLayout.revenue(bytes, at),
                      revision));
        }
      }
    }
    return rows;
  }

  private void ends(TestStream<KV<Integer, byte[]>> stream, Map<String, String> expected) {
    PCollectionTuple resolved = resolved(stream);
    checked.check(kpis(resolved), blocks -> assertThat(latest(blocks), is(expected)));
    checked.check(
        resolved.get(ResolveLiveVersions.REJECTED),
        rejected -> assertThat(rejected.isEmpty(), is(true)));
    checked.run();
  }

  @ParameterizedTest
  @EnumSource(Story.class)
  void onTime(Story story) {
    ends(
        stream()
            .addElements(block(Story.known()))
            .addElements(block(story.version()))
            .advanceWatermarkTo(at(DAY.plusDays(1), 1))
            .advanceWatermarkToInfinity(),
        story.expected());
  }

  @ParameterizedTest
  @EnumSource(Story.class)
  void speculative(Story story) {
    PCollectionTuple resolved =
        resolved(
            stream()
                .addElements(block(Story.known()))
                .advanceProcessingTime(org.joda.time.Duration.standardSeconds(11))
                .advanceProcessingTime(org.joda.time.Duration.standardSeconds(11))
                .advanceWatermarkTo(at(DAY, 1))
                .addElements(block(story.version()))
                .advanceProcessingTime(org.joda.time.Duration.standardSeconds(11))
                .advanceWatermarkToInfinity());
    checked.check(
        kpis(resolved),
        blocks -> {
          assertThat(latest(blocks), is(story.expected()));
          assertThat(
              "the early pane came, before what changed it",
              revisionsOf("D1", blocks).contains(1),
              is(true));
        });
    checked.run();
  }

  private static Set<Integer> revisionsOf(String dealer, Collection<byte[]> blocks) {
    Set<Integer> revisions = new TreeSet<>();
    for (byte[] bytes : blocks) {
      KpiBlock block = KpiBlock.open(bytes);
      for (int i = 0; i < block.rows(); i++) {
        int at = block.at(i);
        if (new String(block.member(KpiLayout.member(bytes, at)), UTF_8).equals(dealer)) {
          revisions.add(KpiLayout.revision(bytes, at));
        }
      }
    }
    return revisions;
  }

  @ParameterizedTest
  @EnumSource(Story.class)
  void unobservablyLate(Story story) {
    ends(
        stream()
            .addElements(block(Story.known()))
            .advanceWatermarkTo(at(DAY, 20))
            .addElements(block(story.version()))
            .advanceWatermarkTo(at(DAY.plusDays(1), 1))
            .advanceWatermarkToInfinity(),
        story.expected());
  }

  @ParameterizedTest
  @EnumSource(Story.class)
  void observablyLate(Story story) {
    PCollectionTuple resolved =
        resolved(
            stream()
                .addElements(block(Story.known()))
                .advanceWatermarkTo(at(DAY.plusDays(20), 0))
                .addElements(block(story.version()))
                .advanceProcessingTime(org.joda.time.Duration.standardSeconds(11))
                .advanceWatermarkToInfinity());
    checked.check(
        kpis(resolved),
        blocks -> {
          assertThat(latest(blocks), is(story.expected()));
          assertThat("the pane on time came", revisionsOf("D1", blocks).contains(1), is(true));
        });
    checked.run();
  }

  @ParameterizedTest
  @EnumSource(Story.class)
  void droppablyLateIsRejectedAndKept(Story story) {
    PCollectionTuple resolved =
        resolved(
            stream()
                .addElements(block(Story.known()))
                .advanceWatermarkTo(at(DAY.plusDays(36), 0))
                .addElements(block(story.version()))
                .advanceWatermarkToInfinity());
    checked.check(
        kpis(resolved),
        blocks ->
            assertThat(latest(blocks), is(Map.of("D1", "1 sold, 0 cancelled, 500, revision 1"))));
    checked.check(
        resolved.get(ResolveLiveVersions.REJECTED),
        rejected -> {
          assertThat(rejected.size(), is(1));
          assertThat(rejected.get(0).rejection().code(), is(RejectCode.TOO_LATE));
          assertThat(
              rejected.get(0).raw().contains("\"sold_at\":\"2024-05-14T00:00:00Z\""), is(true));
        });
    checked.run();
  }

  @Test
  void saleThatIsForgottenIsNoLongerKnown() {
    // A day after the horizon the state is swept; what comes then is too late, not a new sale.
    ends(
        stream()
            .addElements(block(Story.known()))
            .addElements(block(Story.known()))
            .advanceWatermarkTo(at(DAY.plusDays(60), 0))
            .addElements(
                block(Version.of("3").soldOn(DAY.plusDays(59)).outlet("D3", "N").prices(7, 0)))
            .advanceWatermarkToInfinity(),
        Map.of(
            "D1",
            "1 sold, 0 cancelled, 500, revision 1",
            "D3",
            "1 sold, 0 cancelled, 7, revision 1"));
  }

  @Test
  void manyBundlesBeforeAPaneAreOneRow() {
    int sales = 150;
    TestStream.Builder<KV<Integer, byte[]>> stream = stream();
    for (int i = 0; i < sales; i++) {
      stream =
          stream.addElements(
              block(Version.of("s" + i).soldOn(DAY).outlet("D1", "N").prices(100 + i, 0)));
    }
    checked.check(
        kpis(resolved(stream.advanceWatermarkToInfinity())),
        blocks -> {
          assertThat(
              latest(blocks), is(Map.of("D1", "150 sold, 0 cancelled, 26175, revision 150")));
          assertThat(revisionsOf("D1", blocks), is(Set.of(sales)));
        });
    checked.run();
  }

  @Test
  void windowThatBeginsBeforeTheKnownSalesIsLeftOut() {
    // 14 May 2024 is a Tuesday: of its week the Monday is not known.
    ComputeLiveKpis daysAndWeeks =
        ComputeLiveKpis.of(
            EnumSet.of(Grain.DAY, Grain.WEEK),
            List.of(Dimension.of(Attribute.DEALER)),
            ZoneOffset.UTC,
            Duration.ofSeconds(10),
            HORIZON);
    PCollection<byte[]> changes =
        resolved(stream().addElements(block(Story.known())).advanceWatermarkToInfinity())
            .get(ResolveLiveVersions.CHANGES);

    checked.check(
        changes.apply("All", daysAndWeeks),
        blocks -> assertThat(windows(blocks), is(List.of("day 2024-05-14", "week 2024-05-13"))));
    checked.check(
        changes.apply("Since Tuesday", daysAndWeeks.since(LocalDate.of(2024, 5, 14))),
        blocks -> assertThat(windows(blocks), is(List.of("day 2024-05-14"))));
    checked.run();
  }

  private static List<String> windows(Collection<byte[]> blocks) {
    Set<String> windows = new TreeSet<>();
    for (byte[] bytes : blocks) {
      KpiBlock block = KpiBlock.open(bytes);
      for (int i = 0; i < block.rows(); i++) {
        int at = block.at(i);
        windows.add(
            Grain.values()[KpiLayout.grain(bytes, at)]
                + " "
                + LocalDate.ofEpochDay(KpiLayout.windowStart(bytes, at) / 24));
      }
    }
    return List.copyOf(windows);
  }
}
