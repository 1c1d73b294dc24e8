package io.autopulse.domain.kpi.rollup;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import io.autopulse.domain.kpi.Dimension;
import io.autopulse.domain.kpi.Dimension.Attribute;
import io.autopulse.domain.kpi.FactBlockWriter;
import io.autopulse.domain.kpi.Grain;
import io.autopulse.domain.kpi.KpiRow;
import io.autopulse.domain.kpi.Measures;
import io.autopulse.domain.kpi.PriceHistogram;
import io.autopulse.domain.kpi.cell.StreamAndBatch;
import io.autopulse.domain.sale.BusinessClock;
import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.domain.sale.Fate;
import io.autopulse.domain.sale.SaleStatus;
import io.autopulse.domain.sale.block.SaleLayout;
import io.autopulse.domain.sale.block.Version;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MonthRollUpTest {
  private static final long ABSENT = Measures.ABSENT;
  private static final BusinessInterval COVERED =
      new BusinessInterval(LocalDate.of(2024, 4, 29), LocalDate.of(2024, 7, 1));
  private static final LocalDate AS_OF = LocalDate.of(2024, 6, 3);
  private static final List<Dimension> TOTAL = List.of(Dimension.TOTAL);

  private static List<KpiRow> rollUp(
      Collection<Version> versions,
      BusinessInterval covered,
      Set<Grain> grains,
      List<Dimension> dimensions) {
    Map<Integer, List<byte[]>> months = new TreeMap<>();
    FactBlockWriter writer =
        new FactBlockWriter(
            covered,
            grains.contains(Grain.WEEK),
            grains.contains(Grain.HOUR) ? new BusinessClock(ZoneOffset.UTC) : null,
            (month, block) -> months.computeIfAbsent(month, m -> new ArrayList<>()).add(block));
    Version.blocks(versions).forEach(writer::add);
    writer.flush();
    List<byte[]> blocks = new ArrayList<>();
    MonthRollUp rollUp = new MonthRollUp(covered, grains, dimensions, AS_OF, blocks::add);
    months.forEach(
        (month, facts) -> {
          facts.forEach(rollUp::add);
          rollUp.rollUp(month);
        });
    rollUp.flush();
    List<KpiRow> rows = KpiRow.read(blocks);
    assertThat(rollUp.rows(), is((long) rows.size()));
    return rows;
  }

  private static Version sold(String id, LocalDate day, long net) {
    return Version.of(id).soldOn(day).prices(net, SaleLayout.NO_PRICE).fate(Fate.CURRENT);
  }

  private static KpiRow row(
      Grain grain,
      LocalDate start,
      String dimension,
      String member,
      long[] units,
      long revenue,
      long average,
      long[] prices,
      long discount,
      long mix,
      long revision,
      boolean isFinal) {
    return new KpiRow(
        grain,
        start,
        grain.windowEnd(start),
        dimension,
        member,
        units[0],
        units[1],
        units[2],
        revenue,
        average,
        prices[0],
        prices[1],
        prices[2],
        discount,
        mix,
        revision,
        isFinal);
  }

  private static long[] of(long... values) {
    return values;
  }

  @Test
  void weekThatCrossesTheMonthIsWhole() {
    LocalDate friday = LocalDate.of(2024, 5, 31);
    LocalDate sunday = LocalDate.of(2024, 6, 2);
    LocalDate monday = LocalDate.of(2024, 6, 3);
    List<Version> versions =
        List.of(sold("1", friday, 100), sold("2", sunday, 200), sold("3", monday, 300));
    // Bins stand for 100, 202 and 299 cents: 231 for 100; ln 200 / ln gamma = 264.9, ln 300 =
    // 285.2.
    long v100 = PriceHistogram.value(231);
    long v200 = PriceHistogram.value(265);
    long v300 = PriceHistogram.value(286);
    assertThat(
        rollUp(versions, COVERED, EnumSet.range(Grain.DAY, Grain.MONTH), TOTAL),
        containsInAnyOrder(
            row(
                Grain.DAY,
                friday,
                "total",
                "ALL",
                of(1, 0, 0),
                100,
                100,
                of(v100, v100, v100),
                ABSENT,
                1_000_000,
                1,
                true),
            row(
                Grain.DAY,
                sunday,
                "total",
                "ALL",
                of(1, 0, 0),
                200,
                200,
                of(v200, v200, v200),
                ABSENT,
                1_000_000,
                1,
                true),
            row(
                Grain.DAY,
                monday,
                "total",
                "ALL",
                of(1, 0, 0),
                300,
                300,
                of(v300, v300, v300),
                ABSENT,
                1_000_000,
                1,
                false),
            row(
                Grain.WEEK,
                LocalDate.of(2024, 5, 27),
                "total",
                "ALL",
                of(2, 0, 0),
                300,
                150,
                of(v100, v100, v200),
                ABSENT,
                1_000_000,
                2,
                true),
            row(
                Grain.WEEK,
                monday,
                "total",
                "ALL",
                of(1, 0, 0),
                300,
                300,
                of(v300, v300, v300),
                ABSENT,
                1_000_000,
                1,
                false),
            row(
                Grain.MONTH,
                LocalDate.of(2024, 5, 1),
                "total",
                "ALL",
                of(1, 0, 0),
                100,
                100,
                of(v100, v100, v100),
                ABSENT,
                1_000_000,
                1,
                true),
            row(
                Grain.MONTH,
                LocalDate.of(2024, 6, 1),
                "total",
                "ALL",
                of(2, 0, 0),
                500,
                250,
                of(v200, v200, v300),
                ABSENT,
                1_000_000,
                2,
                false)));
  }

  @Test
  void windowsThatTheCoveredDaysCutAreLeftOut() {
    BusinessInterval covered =
        new BusinessInterval(LocalDate.of(2024, 5, 8), LocalDate.of(2024, 5, 22));
    List<Version> versions =
        List.of(
            sold("before", LocalDate.of(2024, 5, 7), 1),
            sold("first", LocalDate.of(2024, 5, 8), 1),
            sold("whole week", LocalDate.of(2024, 5, 13), 1),
            sold("last", LocalDate.of(2024, 5, 21), 1),
            sold("after", LocalDate.of(2024, 5, 22), 1));
    assertThat(
        rollUp(versions, covered, EnumSet.range(Grain.DAY, Grain.MONTH), TOTAL).stream()
            .map(KpiRow::key)
            .toList(),
        containsInAnyOrder(
            "day 2024-05-08 total ALL",
            "day 2024-05-13 total ALL",
            "day 2024-05-21 total ALL",
            "week 2024-05-13 total ALL"));
  }

  @Test
  void onlyTheGrainsAskedFor() {
    List<Version> versions = List.of(sold("1", LocalDate.of(2024, 6, 2), 1));
    assertThat(
        rollUp(versions, COVERED, EnumSet.of(Grain.WEEK), TOTAL).stream().map(KpiRow::key).toList(),
        is(List.of("week 2024-05-27 total ALL")));
    assertThat(
        rollUp(versions, COVERED, EnumSet.of(Grain.MONTH), TOTAL).stream()
            .map(KpiRow::key)
            .toList(),
        is(List.of("month 2024-06-01 total ALL")));
    assertThat(
        rollUp(List.of(), COVERED, EnumSet.range(Grain.DAY, Grain.MONTH), TOTAL), is(empty()));
  }

  @Test
  void supersededVersionsCountTwiceInTheRevisionAndNowhereElse() {
    LocalDate day = LocalDate.of(2024, 5, 14);
    List<Version> versions =
        List.of(
            sold("1", day, 100).fate(Fate.SUPERSEDED),
            sold("1", day, 100).status(SaleStatus.CANCELLED).fate(Fate.SUPERSEDED),
            sold("2", day.plusDays(1), 100).status(SaleStatus.CANCELLED),
            sold("3", day.plusDays(1), 100).status(SaleStatus.RETURNED),
            sold("4", day.plusDays(1), 100).fate(Fate.SUPERSEDED));
    assertThat(
        rollUp(versions, COVERED, EnumSet.of(Grain.DAY), TOTAL),
        containsInAnyOrder(
            row(
                Grain.DAY,
                day,
                "total",
                "ALL",
                of(0, 0, 0),
                0,
                ABSENT,
                of(ABSENT, ABSENT, ABSENT),
                ABSENT,
                ABSENT,
                4,
                true),
            row(
                Grain.DAY,
                day.plusDays(1),
                "total",
                "ALL",
                of(0, 1, 1),
                0,
                ABSENT,
                of(ABSENT, ABSENT, ABSENT),
                ABSENT,
                ABSENT,
                4,
                true)));
  }

  @Test
  void membersSharesAndDiscountsByHand() {
    LocalDate day = LocalDate.of(2024, 5, 14);
    List<Version> versions =
        List.of(
            sold("1", day, 90_00)
                .prices(90_00, 100_00)
                .vehicle("A", "RENAULT", "CLIO", "B", "ICE")
                .outlet("D1", "NORTH"),
            sold("2", day, 80_00)
                .prices(80_00, 100_00)
                .vehicle("B", "RENAULT", "ZOE", "B", "BEV")
                .outlet("D2", "NORTH"),
            sold("3", day, 70_00)
                .vehicle("C", "UNKNOWN", "UNKNOWN", "UNKNOWN", "BEV")
                .outlet("D1", "SOUTH"),
            sold("4", day, 60_00)
                .prices(60_00, 0)
                .status(SaleStatus.RETURNED)
                .vehicle("D", "UNKNOWN", "EV3", "B", "BEV")
                .outlet("D1", "SOUTH"));
    List<Dimension> dimensions =
        List.of(
            Dimension.of(Attribute.MAKE),
            Dimension.of(Attribute.MODEL),
            Dimension.of(Attribute.SEGMENT),
            Dimension.of(Attribute.DEALER),
            Dimension.of(Attribute.REGION, Attribute.POWERTRAIN));
    Map<String, List<Long>> cells = new TreeMap<>();
    for (KpiRow row : rollUp(versions, COVERED, EnumSet.of(Grain.DAY), dimensions)) {
      cells.put(
          row.dimension() + "=" + row.member(),
          List.of(row.sold(), row.returned(), row.revenue(), row.discount(), row.mix()));
    }
    Map<String, List<Long>> expected = new TreeMap<>();
    expected.put("make=RENAULT", List.of(2L, 0L, 170_00L, 150_000L, 666_667L));
    expected.put("make=UNKNOWN", List.of(1L, 1L, 70_00L, ABSENT, 333_333L));
    expected.put("model=RENAULT CLIO", List.of(1L, 0L, 90_00L, 100_000L, 333_333L));
    expected.put("model=RENAULT ZOE", List.of(1L, 0L, 80_00L, 200_000L, 333_333L));
    expected.put("model=UNKNOWN", List.of(1L, 0L, 70_00L, ABSENT, 333_333L));
    expected.put("model=EV3", List.of(0L, 1L, 0L, ABSENT, 0L));
    expected.put("segment=B", List.of(2L, 1L, 170_00L, 150_000L, 666_667L));
    expected.put("segment=UNKNOWN", List.of(1L, 0L, 70_00L, ABSENT, 333_333L));
    expected.put("dealer=D1", List.of(2L, 1L, 160_00L, 100_000L, 666_667L));
    expected.put("dealer=D2", List.of(1L, 0L, 80_00L, 200_000L, 333_333L));
    expected.put("region x powertrain=NORTH x ICE", List.of(1L, 0L, 90_00L, 100_000L, 333_333L));
    expected.put("region x powertrain=NORTH x BEV", List.of(1L, 0L, 80_00L, 200_000L, 333_333L));
    expected.put("region x powertrain=SOUTH x BEV", List.of(1L, 1L, 70_00L, ABSENT, 333_333L));
    assertThat(cells, is(expected));
  }

  @Test
  void discountBeyondTheColumnIsItsLimit() {
    LocalDate day = LocalDate.of(2024, 5, 14);
    List<Version> versions = List.of(sold("1", day, 0).prices(100_000_00, 1));
    assertThat(
        rollUp(versions, COVERED, EnumSet.of(Grain.DAY), TOTAL).get(0).discount(),
        is(-999_999_999L));
  }

  @Test
  void monthsAreNumberedSinceYearZero() {
    assertThat(FactBlockWriter.monthOf((int) LocalDate.of(2024, 5, 31).toEpochDay()), is(24_292));
    assertThat(FactBlockWriter.firstDay(24_292), is((int) LocalDate.of(2024, 5, 1).toEpochDay()));
    assertThat(
        FactBlockWriter.monday((int) LocalDate.of(2024, 6, 2).toEpochDay()),
        is((int) LocalDate.of(2024, 5, 27).toEpochDay()));
    assertThat(
        FactBlockWriter.monday((int) LocalDate.of(1969, 12, 31).toEpochDay()),
        is((int) LocalDate.of(1969, 12, 29).toEpochDay()));
  }

  @Test
  void saleBeyondTheRememberedDaysIsRolledUpToo() {
    LocalDate far = LocalDate.of(2150, 3, 1);
    LocalDate before = LocalDate.of(1969, 3, 2);
    BusinessInterval all = BusinessInterval.ALL;
    assertThat(
        rollUp(
                List.of(sold("1", far, 5), sold("2", before, 5)),
                all,
                EnumSet.of(Grain.WEEK, Grain.MONTH),
                TOTAL)
            .stream()
            .map(KpiRow::key)
            .toList(),
        containsInAnyOrder(
            "week 2150-02-23 total ALL",
            "month 2150-03-01 total ALL",
            "week 1969-02-24 total ALL",
            "month 1969-03-01 total ALL"));
  }

  @Test
  void rolledUpAsByMapsAndBigDecimals() {
    List<Dimension> dimensions = StreamAndBatch.DIMENSIONS;
    for (long seed = 1; seed <= 3; seed++) {
      List<Version> versions = randomVersions(seed, 4_000);
      assertRolledUp(versions, COVERED, dimensions, "seed " + seed);
      BusinessInterval cut =
          new BusinessInterval(LocalDate.of(2024, 5, 3), LocalDate.of(2024, 6, 20));
      assertRolledUp(versions.subList(0, 500), cut, dimensions, "cut, seed " + seed);
    }
  }

  @Test
  void pairsOfManyMembersAreToldApart() {
    // 2,500 x 2,500 possible pairs are more than a dense table holds.
    LocalDate day = LocalDate.of(2024, 5, 14);
    List<Version> versions = new ArrayList<>();
    for (int i = 0; i < 2500; i++) {
      for (int twice = 0; twice < 2; twice++) {
        versions.add(
            sold("S" + i + twice, day, 100 + i)
                .vehicle("M" + i, "MAKE", "MODEL " + i, "B", "ICE")
                .outlet("D" + i, "R"));
      }
    }
    assertRolledUp(
        versions, COVERED, List.of(Dimension.of(Attribute.DEALER, Attribute.MODEL)), "pairs");
  }

  private static List<Version> randomVersions(long seed, int n) {
    Random random = new Random(seed);
    List<Version> versions = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      int model = random.nextInt(90);
      LocalDate day = LocalDate.of(2024, 4, 20).plusDays(random.nextInt(80));
      Fate fate = random.nextInt(5) == 0 ? Fate.SUPERSEDED : Fate.CURRENT;
      versions.add(
          Version.of("S" + i)
              .soldOn(day)
              .status(SaleStatus.values()[random.nextInt(8) < 6 ? 0 : 1 + random.nextInt(2)])
              .prices(
                  1 + (long) Math.exp(random.nextDouble() * 18),
                  random.nextInt(3) == 0 ? SaleLayout.NO_PRICE : random.nextInt(5_000_000))
              .vehicle(
                  "M" + model,
                  model % 10 == 0 ? "UNKNOWN" : "MAKE" + model % 7,
                  "MODEL" + model % 30,
                  "SEG" + model % 4,
                  "P" + model % 5)
              .outlet("D" + random.nextInt(60), "R" + random.nextInt(6))
              .fate(fate));
    }
    return versions;
  }

  private static void assertRolledUp(
      List<Version> versions, BusinessInterval covered, List<Dimension> dimensions, String what) {
    Map<String, KpiRow> found = new TreeMap<>();
    for (KpiRow row :
        rollUp(versions, covered, EnumSet.range(Grain.DAY, Grain.MONTH), dimensions)) {
      KpiRow before = found.put(row.key(), row);
      assertThat(what + ": twice " + before, before == null, is(true));
    }
    Map<String, KpiRow> expected = byMaps(versions, covered, dimensions);
    assertThat(what, expected.size(), is(greaterThan(0)));
    assertThat(what, found.keySet(), is(expected.keySet()));
    expected.forEach((key, row) -> assertThat(what + ": " + key, found.get(key), is(row)));
  }

  // The definitions, word by word.
  private static Map<String, KpiRow> byMaps(
      List<Version> versions, BusinessInterval covered, List<Dimension> dimensions) {
    Map<String, List<Version>> cells = new TreeMap<>();
    Map<String, Long> windowUnits = new TreeMap<>();
    Map<String, KpiRow> rows = new TreeMap<>();
    for (Grain grain : EnumSet.range(Grain.DAY, Grain.MONTH)) {
      for (Version version : versions) {
        LocalDate start = grain.windowStart(version.soldOn());
        boolean whole =
            !start.isBefore(covered.from()) && !grain.windowEnd(start).isAfter(covered.to());
        if (whole) {
          boolean unit = version.fate() == Fate.CURRENT && version.status() == SaleStatus.SOLD;
          windowUnits.merge(grain + " " + start, unit ? 1L : 0L, Long::sum);
          for (Dimension dimension : dimensions) {
            cells
                .computeIfAbsent(
                    grain + " " + start + " " + dimension + " " + member(dimension, version),
                    key -> new ArrayList<>())
                .add(version);
          }
        }
      }
      for (Dimension dimension : dimensions) {
        for (Version version : versions) {
          LocalDate start = grain.windowStart(version.soldOn());
          String member = member(dimension, version);
          String key = grain + " " + start + " " + dimension + " " + member;
          if (cells.containsKey(key) && !rows.containsKey(key)) {
            rows.put(
                key,
                cell(
                    grain,
                    start,
                    dimension.toString(),
                    member,
                    cells.get(key),
                    windowUnits.get(grain + " " + start)));
          }
        }
      }
    }
    return rows;
  }

  private static KpiRow cell(
      Grain grain, LocalDate start, String dimension, String member, List<Version> cell, long all) {
    List<Version> current = cell.stream().filter(v -> v.fate() == Fate.CURRENT).toList();
    List<Version> sold = current.stream().filter(v -> v.status() == SaleStatus.SOLD).toList();
    long[] prices = sold.stream().mapToLong(Version::net).sorted().toArray();
    BigDecimal revenue =
        sold.stream()
            .map(v -> BigDecimal.valueOf(v.net()))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    List<Version> listed = sold.stream().filter(v -> v.list() > 0).toList();
    BigDecimal list = BigDecimal.valueOf(listed.stream().mapToLong(Version::list).sum());
    BigDecimal net = BigDecimal.valueOf(listed.stream().mapToLong(Version::net).sum());
    int n = prices.length;
    long discount = listed.isEmpty() ? ABSENT : millionths(list.subtract(net), list);
    return new KpiRow(
        grain,
        start,
        grain.windowEnd(start),
        dimension,
        member,
        n,
        count(current, SaleStatus.CANCELLED),
        count(current, SaleStatus.RETURNED),
        revenue.longValueExact(),
        n == 0
            ? ABSENT
            : revenue.divide(BigDecimal.valueOf(n), 0, RoundingMode.HALF_UP).longValueExact(),
        quantile(prices, 0.5),
        quantile(prices, 0.1),
        quantile(prices, 0.9),
        discount == ABSENT ? ABSENT : Math.max(-999_999_999, Math.min(999_999_999, discount)),
        all == 0 ? ABSENT : millionths(BigDecimal.valueOf(n), BigDecimal.valueOf(all)),
        current.size() + 2L * (cell.size() - current.size()),
        !grain.windowEnd(start).isAfter(AS_OF));
  }

  private static long millionths(BigDecimal part, BigDecimal whole) {
    return part.movePointRight(6).divide(whole, 0, RoundingMode.HALF_UP).longValueExact();
  }

  private static long quantile(long[] prices, double q) {
    if (prices.length == 0) {
      return ABSENT;
    }
    long price = prices[(int) Math.ceil(q * prices.length - 1e-9) - 1];
    return PriceHistogram.value(PriceHistogram.bin(price));
  }

  private static long count(List<Version> versions, SaleStatus status) {
    return versions.stream().filter(v -> v.status() == status).count();
  }

  private static String member(Dimension dimension, Version version) {
    List<String> names =
        dimension.attributes().stream().map(attribute -> member(attribute, version)).toList();
    return names.isEmpty() ? "ALL" : String.join(" x ", names);
  }

  private static String member(Attribute attribute, Version version) {
    String make = version.vehicle().get(1);
    return switch (attribute) {
      case MAKE -> make;
      case MODEL ->
          make.equals("UNKNOWN") ? version.vehicle().get(2) : make + " " + version.vehicle().get(2);
      case SEGMENT -> version.vehicle().get(3);
      case POWERTRAIN -> version.vehicle().get(4);
      case DEALER -> version.outlet().get(0);
      case REGION -> version.outlet().get(1);
    };
  }
}
