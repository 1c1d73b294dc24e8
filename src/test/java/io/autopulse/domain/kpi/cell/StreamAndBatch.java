package io.autopulse.domain.kpi.cell;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.autopulse.domain.kpi.Dimension;
import io.autopulse.domain.kpi.Dimension.Attribute;
import io.autopulse.domain.kpi.FactBlockWriter;
import io.autopulse.domain.kpi.Grain;
import io.autopulse.domain.kpi.KpiBlock;
import io.autopulse.domain.kpi.KpiLayout;
import io.autopulse.domain.kpi.rollup.MonthRollUp;
import io.autopulse.domain.sale.BusinessClock;
import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.domain.sale.SaleStatus;
import io.autopulse.domain.sale.block.SaleBlock;
import io.autopulse.domain.sale.block.SaleBlockWriter;
import io.autopulse.domain.sale.block.SaleChanges;
import io.autopulse.domain.sale.block.Version;
import io.autopulse.domain.sale.block.VersionTable;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The same versions through the bounded rules and through those of the stream: for tests that
 * compare the two.
 */
public final class StreamAndBatch {
  private static final LocalDate FROM = LocalDate.of(2024, 4, 1);
  private static final BusinessInterval COVERED =
      new BusinessInterval(FROM, LocalDate.of(2024, 7, 1));
  private static final Set<Grain> GRAINS = EnumSet.allOf(Grain.class);

  /** All attributes and the two pairs of the dashboards. */
  public static final List<Dimension> DIMENSIONS =
      List.of(
          Dimension.TOTAL,
          Dimension.of(Attribute.MAKE),
          Dimension.of(Attribute.MODEL),
          Dimension.of(Attribute.SEGMENT),
          Dimension.of(Attribute.POWERTRAIN),
          Dimension.of(Attribute.REGION),
          Dimension.of(Attribute.DEALER),
          Dimension.of(Attribute.REGION, Attribute.POWERTRAIN),
          Dimension.of(Attribute.REGION, Attribute.MODEL));

  /** What a stream remembers of all sales, none of which comes too late. */
  static final class Sales implements SaleChanges.Memory, SaleChanges.Gate {
    private final Map<String, byte[]> histories = new HashMap<>();

    @Override
    public byte @Nullable [] get(String saleId) {
      return histories.get(saleId);
    }

    @Override
    public void put(String saleId, byte[] history) {
      histories.put(saleId, history);
    }

    @Override
    public boolean admits(long soldAt) {
      return true;
    }

    @Override
    public void refuse(SaleBlock block) {
      throw new AssertionError("nothing is too late here");
    }
  }

  private StreamAndBatch() {}

  /** Returns the first cell that differs: a whole map of cells says nothing. */
  static String difference(Map<String, String> expected, Map<String, String> found) {
    Set<String> keys = new TreeSet<>(expected.keySet());
    keys.addAll(found.keySet());
    for (String key : keys) {
      if (!String.valueOf(expected.get(key)).equals(String.valueOf(found.get(key)))) {
        return key + ": " + expected.get(key) + " in the batch, " + found.get(key);
      }
    }
    return "";
  }

  /**
   * Sales: 5 % have one to three updates that move and reprice them, 3 % are cancelled and 1 %
   * returned, 3 % of the versions come a second time with another content, and 5 % come twice.
   */
  static List<Version> events(Random random, int sales) {
    List<Version> events = new ArrayList<>();
    for (int sale = 0; sale < sales; sale++) {
      long soldAt = seconds(FROM) + 7 * 86_400 + random.nextInt(60 * 86_400);
      Version version = version(random, "S" + sale, soldAt).updated(soldAt * 1_000_000, 0);
      events.add(version);
      int versions = random.nextInt(20) == 0 ? 1 + random.nextInt(3) : 0;
      for (int v = 1; v <= versions; v++) {
        long movedTo = soldAt + random.nextInt(5 * 86_400) - 2 * 86_400L;
        version =
            version(random, "S" + sale, movedTo)
                .updated(soldAt * 1_000_000 + (random.nextBoolean() ? v * 60_000_000L : 0), v);
        events.add(version);
      }
      int fate = random.nextInt(100);
      if (fate < 4) {
        events.add(
            version
                .status(fate < 3 ? SaleStatus.CANCELLED : SaleStatus.RETURNED)
                .updated((soldAt + 3_600) * 1_000_000, versions + 1));
      }
    }
    for (int i = events.size() / 33; i > 0; i--) {
      Version known = events.get(random.nextInt(events.size()));
      events.add(
          random.nextBoolean()
              ? known.status(SaleStatus.values()[random.nextInt(3)])
              : version(random, known.id(), seconds(known.soldOn()) + random.nextInt(2 * 86_400))
                  .updated(known.updatedAt(), known.sequence()));
    }
    int distinct = events.size();
    for (int i = 0; i < distinct / 20; i++) {
      events.add(events.get(random.nextInt(distinct)));
    }
    return events;
  }

  private static Version version(Random random, String id, long soldAt) {
    int model = random.nextInt(12);
    return Version.of(id)
        .soldOn(LocalDate.ofEpochDay(Math.floorDiv(soldAt, 86_400)))
        .soldAtHour((int) Math.floorMod(soldAt, 86_400L) / 3_600)
        .vehicle("M" + model, "MAKE" + model % 4, "MODEL" + model, "S" + model % 3, "P" + model % 2)
        .outlet("D" + random.nextInt(9), "R" + random.nextInt(3))
        .prices(1_000_00 + random.nextInt(50_000_00), random.nextInt(60_000_00) - 10_000_00);
  }

  private static long seconds(LocalDate date) {
    return date.toEpochDay() * 86_400;
  }

  /** Returns the rows of cells by key, as the bounded rules make them. */
  static Map<String, String> batch(List<Version> events) {
    Map<Integer, List<byte[]>> months = new TreeMap<>();
    FactBlockWriter facts =
        new FactBlockWriter(
            COVERED,
            true,
            new BusinessClock(ZoneOffset.UTC),
            (month, block) -> months.computeIfAbsent(month, m -> new ArrayList<>()).add(block));
    VersionTable table = new VersionTable();
    Version.blocks(events).forEach(table::add);
    SaleBlockWriter resolved =
        new SaleBlockWriter(1, table.dictionaries(), (partition, block) -> facts.add(block));
    table.resolve(
        (int) COVERED.from().toEpochDay(),
        (int) COVERED.to().toEpochDay(),
        (bytes, at) -> resolved.add(0, bytes, at),
        (bytes, at) -> resolved.add(0, bytes, at));
    resolved.flush();
    facts.flush();
    Map<String, String> rows = new TreeMap<>();
    MonthRollUp rollUp =
        new MonthRollUp(COVERED, GRAINS, DIMENSIONS, FROM, block -> put(block, rows));
    months.forEach(
        (month, blocks) -> {
          blocks.forEach(rollUp::add);
          rollUp.rollUp(month);
        });
    rollUp.flush();
    return rows;
  }

  /**
   * Returns the last row of each cell, as the stream's rules make them in this order, in bundles of
   * random size and panes of a random number of bundles.
   */
  static Map<String, String> stream(List<Version> events, Random bundles, int mostInBundle) {
    Sales memory = new Sales();
    Map<String, List<byte[]>> waiting = new HashMap<>();
    Map<String, Map<String, byte[]>> cells = new HashMap<>();
    CellChanges sums = new CellChanges(GRAINS, DIMENSIONS, ZoneOffset.UTC);
    SaleChanges changes = new SaleChanges(block -> {}, sums::add);
    Map<String, String> rows = new TreeMap<>();
    for (int from = 0; from < events.size(); ) {
      int to = Math.min(events.size(), from + 1 + bundles.nextInt(mostInBundle));
      Version.blocks(events.subList(from, to)).forEach(b -> changes.apply(b, memory, memory));
      changes.flush();
      sums.drain(
          (window, bytes) -> {
            List<byte[]> blocks = waiting.computeIfAbsent(window.key(), key -> new ArrayList<>());
            blocks.add(bytes);
            if (bundles.nextInt(4) == 0) {
              byte[] sum = CellChanges.encode(CellChanges.sum(blocks));
              blocks.clear();
              blocks.add(sum);
            }
          });
      from = to;
      if (from == events.size() || bundles.nextInt(3) == 0) {
        handOut(waiting, cells, rows);
      }
    }
    assertThat(
        changes.accepted() + changes.conflicts() + changes.duplicates(), is((long) events.size()));
    return rows;
  }

  /** A pane: what waits goes into the cells. */
  private static void handOut(
      Map<String, List<byte[]>> waiting,
      Map<String, Map<String, byte[]>> cells,
      Map<String, String> rows) {
    CellRows out = new CellRows(block -> put(block, rows));
    waiting.forEach(
        (window, blocks) -> {
          Map<String, byte[]> members = cells.computeIfAbsent(window, key -> new HashMap<>());
          CellChanges.sum(blocks)
              .forEach(
                  (member, added) -> {
                    byte[] known = members.get(member);
                    if (known != null) {
                      added.add(CellSums.decode(known));
                    }
                    members.put(member, added.encode());
                    out.add(CellWindow.parse(window), member, added);
                  });
        });
    waiting.clear();
    out.flush();
  }

  private static void put(byte[] bytes, Map<String, String> rows) {
    KpiBlock block = KpiBlock.open(bytes);
    for (int i = 0; i < block.rows(); i++) {
      int at = block.at(i);
      rows.put(
          Grain.values()[KpiLayout.grain(bytes, at)]
              + " "
              + KpiLayout.windowStart(bytes, at)
              + " to "
              + KpiLayout.windowEnd(bytes, at)
              + ", "
              + new String(
                  block.dimension(KpiLayout.dimension(bytes, at)),
                  java.nio.charset.StandardCharsets.UTF_8)
              + " "
              + new String(
                  block.member(KpiLayout.member(bytes, at)),
                  java.nio.charset.StandardCharsets.UTF_8),
          List.of(
                  (long) KpiLayout.unitsSold(bytes, at),
                  (long) KpiLayout.unitsCancelled(bytes, at),
                  (long) KpiLayout.unitsReturned(bytes, at),
                  KpiLayout.revenue(bytes, at),
                  KpiLayout.averagePrice(bytes, at),
                  KpiLayout.medianPrice(bytes, at),
                  KpiLayout.p10Price(bytes, at),
                  KpiLayout.p90Price(bytes, at),
                  (long) KpiLayout.averageDiscount(bytes, at),
                  (long) KpiLayout.revision(bytes, at))
              .toString());
    }
  }
}
