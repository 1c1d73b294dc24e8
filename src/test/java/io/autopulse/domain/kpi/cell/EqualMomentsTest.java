package io.autopulse.domain.kpi.cell;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import io.autopulse.domain.sale.Change;
import io.autopulse.domain.sale.Fate;
import io.autopulse.domain.sale.SaleStatus;
import io.autopulse.domain.sale.block.SaleBlock;
import io.autopulse.domain.sale.block.SaleChain;
import io.autopulse.domain.sale.block.SaleChanges;
import io.autopulse.domain.sale.block.SaleLayout;
import io.autopulse.domain.sale.block.Version;
import io.autopulse.domain.sale.block.VersionTable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Versions of a sale that share moment and sequence, as clocks of seconds or of days make them: the
 * batch and the stream agree on the version, the KPIs, the revisions and the counts, whatever the
 * order of arrival.
 */
class EqualMomentsTest {
  private static final LocalDate DAY = LocalDate.of(2024, 5, 14);

  /** What is known once all has come. */
  private record Outcome(List<Version> versions, long accepted, long conflicting, long duplicate) {}

  private static Outcome batch(List<Version> events) {
    VersionTable table = new VersionTable();
    Version.blocks(events).forEach(table::add);
    List<Version> versions = new ArrayList<>();
    table.resolve(
        Integer.MIN_VALUE,
        Integer.MAX_VALUE,
        (bytes, at) ->
            versions.add(Version.read(bytes, at, table.dictionaries()).fate(Fate.UNRESOLVED)));
    versions.sort(java.util.Comparator.comparing(Version::toString));
    return new Outcome(versions, versions.size(), table.conflicts(), table.duplicates());
  }

  /** A stream, whose versions a {@link SaleChain} keeps as the trends do. */
  private static Outcome stream(List<Version> events) {
    Map<String, byte[]> chains = new TreeMap<>();
    StreamAndBatch.Sales memory = new StreamAndBatch.Sales();
    SaleChanges changes =
        new SaleChanges(
            bytes -> {
              SaleBlock block = SaleBlock.open(bytes);
              while (block.advance()) {
                String saleId = SaleChanges.saleId(block);
                byte[] chain = SaleChain.with(chains.get(saleId), block);
                if (chain != null) {
                  chains.put(saleId, chain);
                }
              }
            },
            bytes -> {});
    for (Version event : events) {
      changes.apply(Version.block(event), memory, memory);
    }
    changes.flush();
    List<Version> versions = new ArrayList<>();
    chains
        .values()
        .forEach(chain -> Version.read(chain).forEach(v -> versions.add(v.fate(Fate.UNRESOLVED))));
    versions.sort(java.util.Comparator.comparing(Version::toString));
    return new Outcome(versions, changes.accepted(), changes.conflicts(), changes.duplicates());
  }

  private static Version version(String id, SaleStatus status, long net) {
    return Version.of(id).updated(10, 0).soldOn(DAY).status(status).prices(net, 0);
  }

  private static void assertTotal(
      List<Version> events, long sold, long cancelled, long returned, long revenue, long revision) {
    String start = "[%d, %d, %d, %d,".formatted(sold, cancelled, returned, revenue);
    for (int order = 0; order < 6; order++) {
      List<Version> shuffled = new ArrayList<>(events);
      Collections.shuffle(shuffled, new Random(order));
      for (Map<String, String> cells :
          List.of(
              StreamAndBatch.batch(shuffled),
              StreamAndBatch.stream(shuffled, new Random(order), 2))) {
        String total =
            cells.entrySet().stream()
                .filter(c -> c.getKey().startsWith("day ") && c.getKey().endsWith(" total ALL"))
                .map(Map.Entry::getValue)
                .reduce((a, b) -> a + " and " + b)
                .orElse("none");
        assertThat(total, total.startsWith(start), is(true));
        assertThat(total, total.endsWith(", " + revision + "]"), is(true));
      }
    }
  }

  @Test
  void cancellationOfTheSameSecondWinsInBothAndInAnyOrder() {
    Version sold = version("A", SaleStatus.SOLD, 20_000_00);
    Version cancelled = version("A", SaleStatus.CANCELLED, 20_000_00);
    // Two contents: the lesser entered and left, the greater entered.
    assertTotal(List.of(sold, cancelled), 0, 1, 0, 0, 3);
    assertTotal(List.of(sold, cancelled, sold, cancelled), 0, 1, 0, 0, 3);
    assertThat(stream(List.of(sold, cancelled)).versions(), is(List.of(cancelled)));
    assertThat(stream(List.of(cancelled, sold)).versions(), is(List.of(cancelled)));
  }

  @Test
  void returnOnTheDayOfTheSaleWinsOverBoth() {
    assertTotal(
        List.of(
            version("D", SaleStatus.RETURNED, 100_00),
            version("D", SaleStatus.CANCELLED, 300_00),
            version("D", SaleStatus.SOLD, 200_00)),
        0,
        0,
        1,
        0,
        5);
  }

  @Test
  void higherPriceOfOneMomentWins() {
    assertTotal(
        List.of(version("C", SaleStatus.SOLD, 30_000_00), version("C", SaleStatus.SOLD, 25_000_00)),
        1,
        0,
        0,
        30_000_00,
        3);
  }

  @Test
  void conflictBelowANewerVersionChangesNothingButTheRevision() {
    Version sold = version("B", SaleStatus.SOLD, 100_00);
    Version again = version("B", SaleStatus.SOLD, 90_00);
    Version later = version("B", SaleStatus.SOLD, 80_00).updated(11, 0);
    assertTotal(List.of(sold, again, later), 1, 0, 0, 80_00, 5);
    for (List<Version> order :
        List.of(
            List.of(later, again, sold),
            List.of(again, later, sold),
            List.of(sold, later, again))) {
      assertThat(stream(order).versions(), containsInAnyOrder(sold, later));
      assertThat(stream(order), is(batch(order)));
    }
  }

  @Test
  void sequenceDecidesBeforeContent() {
    Version cancelled = version("S", SaleStatus.CANCELLED, 100_00).updated(10, 1);
    Version soldAgain = version("S", SaleStatus.SOLD, 50_00).updated(10, 2);
    assertTotal(List.of(cancelled, soldAgain), 1, 0, 0, 50_00, 3);
    assertThat(stream(List.of(soldAgain, cancelled)).conflicting(), is(0L));
  }

  @Test
  void lastPositionWinsWhereThePositionIsTheSequence() {
    // Sold, cancelled and sold again in a second, at lines 2 to 4 of a file.
    Version sold = version("P", SaleStatus.SOLD, 200_00).updated(10, 2);
    Version cancelled = version("P", SaleStatus.CANCELLED, 200_00).updated(10, 3);
    Version again = version("P", SaleStatus.SOLD, 200_00).updated(10, 4);
    assertTotal(List.of(sold, cancelled, again), 1, 0, 0, 200_00, 5);
    // What is read a second time, or is in a file of the same beginning, is a duplicate.
    assertTotal(List.of(sold, cancelled, again, sold, cancelled), 1, 0, 0, 200_00, 5);
    assertThat(stream(List.of(again, cancelled, sold, again)).duplicate(), is(1L));
    assertThat(batch(List.of(again, cancelled, sold, again)).duplicate(), is(1L));
  }

  @Test
  void recordsOfOtherPositionsAreVersionsThatChangeNoUnitAndNoRevenue() {
    Version sold = version("P", SaleStatus.SOLD, 200_00).updated(10, 2);
    Version returned = version("P", SaleStatus.RETURNED, 200_00).updated(10, 3);
    // Another export has a line more above them, so one position has two contents.
    List<Version> twice =
        List.of(sold, returned, sold.updated(10, 3), returned.updated(10, 4), returned);
    // Two versions and a conflict left the cell.
    assertTotal(twice, 0, 0, 1, 0, 7);
    for (List<Version> order : List.of(twice, twice.subList(1, 5), reversed(twice))) {
      assertThat(stream(order), is(batch(order)));
      assertThat(batch(order).conflicting(), is(1L));
      assertThat(batch(order).duplicate(), is(1L));
    }
  }

  private static List<Version> reversed(List<Version> events) {
    List<Version> reversed = new ArrayList<>(events);
    Collections.reverse(reversed);
    return reversed;
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18})
  void anyOrderOfArrivalGivesWhatTheBatchGives(long seed) {
    Random random = new Random(seed);
    for (int set = 0; set < 25; set++) {
      List<Version> events = coarse(random, 1 + random.nextInt(30));
      Outcome batch = batch(events);
      Map<String, String> cells = StreamAndBatch.batch(events);
      assertThat(cells.size(), greaterThan(0));
      for (int order = 0; order < 3; order++) {
        String which = "seed " + seed + ", set " + set + ", order " + order;
        Collections.shuffle(events, random);
        assertThat(which, stream(events), is(batch));
        assertThat(which, batch(events), is(batch));
        assertThat(
            which,
            StreamAndBatch.difference(cells, StreamAndBatch.stream(events, random, 4)),
            is(""));
        assertThat(which, StreamAndBatch.difference(cells, StreamAndBatch.batch(events)), is(""));
      }
    }
  }

  /** What the changes of a stream add up to: units by sale and price, and all revisions. */
  private static String sums(List<byte[]> blocks) {
    Map<String, Integer> units = new TreeMap<>();
    int[] revisions = new int[1];
    StreamAndBatch.Sales memory = new StreamAndBatch.Sales();
    SaleChanges changes =
        new SaleChanges(
            bytes -> {},
            bytes -> {
              SaleBlock block = SaleBlock.open(bytes);
              while (block.advance()) {
                Change change = Change.values()[SaleLayout.change(bytes, block.at())];
                String version =
                    SaleChanges.saleId(block)
                        + " "
                        + SaleLayout.status(bytes, block.at())
                        + " "
                        + SaleLayout.netPrice(bytes, block.at());
                units.merge(version, change.sign(), Integer::sum);
                revisions[0] += change.revisions();
              }
            });
    blocks.forEach(block -> changes.apply(block, memory, memory));
    changes.flush();
    units.values().removeIf(sum -> sum == 0);
    return units + " " + revisions[0];
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23, 24})
  void versionsThatTheWarehouseKnewAreTheirRecordsWhicheverComesFirst(long seed) {
    Random random = new Random(seed);
    for (int set = 0; set < 50; set++) {
      // One content a moment, as almost all sources have it, and some that conflict.
      List<Version> events = coarse(random, 1 + random.nextInt(20));
      List<byte[]> blocks = new ArrayList<>(events.stream().map(Version::block).toList());
      String expected = sums(blocks);
      batch(events.subList(0, (events.size() + 1) / 2))
          .versions()
          .forEach(v -> blocks.add(SaleChanges.known(Version.block(v))));
      for (int order = 0; order < 4; order++) {
        Collections.shuffle(blocks, random);
        assertThat("seed " + seed + ", set " + set, sums(blocks), is(expected));
      }
    }
  }

  // Few sales, moments, sequences and contents: most versions meet another of their moment.
  private static List<Version> coarse(Random random, int count) {
    List<Version> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      events.add(
          Version.of("S" + random.nextInt(4))
              .updated(random.nextInt(3) * 86_400_000_000L, random.nextInt(2))
              .status(SaleStatus.values()[random.nextInt(3)])
              .soldOn(DAY.plusDays(random.nextInt(3)))
              .soldAtHour(random.nextInt(2) * 12)
              .prices(100_00 + random.nextInt(2) * 50_00L, random.nextInt(3) * 100_00L)
              .vehicle("M", random.nextBoolean() ? "RENAULT" : "VW", "X", "B", "ICE")
              .outlet("D" + random.nextInt(2), "NORTH"));
    }
    return events;
  }
}
