package io.autopulse.domain.sale.block;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import io.autopulse.domain.sale.Fate;
import io.autopulse.domain.sale.SaleStatus;
import io.autopulse.domain.sale.Vehicle;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class VersionTableTest {
  private static final LocalDate FROM = LocalDate.of(2024, 5, 1);
  private static final LocalDate TO = LocalDate.of(2024, 6, 1);

  private final VersionTable table = new VersionTable();

  private List<Version> resolve() {
    List<Version> resolved = new ArrayList<>();
    table.resolve(
        (int) FROM.toEpochDay(),
        (int) TO.toEpochDay(),
        (bytes, at) -> resolved.add(Version.read(bytes, at, table.dictionaries())));
    return resolved;
  }

  private List<Version> resolve(Version... versions) {
    table.clear();
    for (Version version : versions) {
      table.add(Version.block(version));
    }
    return resolve();
  }

  @Test
  void highestUpdateWins() {
    Version sold = Version.of("1").updated(10, 5);
    Version cancelled = Version.of("1").updated(11, 0).status(SaleStatus.CANCELLED);
    Version[][] orders = {{sold, cancelled}, {cancelled, sold}};
    for (Version[] order : orders) {
      assertThat(
          resolve(order),
          containsInAnyOrder(sold.fate(Fate.SUPERSEDED), cancelled.fate(Fate.CURRENT)));
      assertThat(table.duplicates(), is(0L));
    }
  }

  @Test
  void sequenceDecidesBetweenVersionsOfTheSameMoment() {
    Version low = Version.of("1").updated(10, 1).status(SaleStatus.RETURNED);
    Version high = Version.of("1").updated(10, 2);
    assertThat(
        resolve(high, low), containsInAnyOrder(low.fate(Fate.SUPERSEDED), high.fate(Fate.CURRENT)));
    assertThat(
        resolve(low, high), containsInAnyOrder(low.fate(Fate.SUPERSEDED), high.fate(Fate.CURRENT)));
  }

  @Test
  void sameVersionTwiceIsADuplicate() {
    Version version = Version.of("1");
    assertThat(resolve(version, version, version), is(List.of(version.fate(Fate.CURRENT))));
    assertThat(table.duplicates(), is(2L));
    assertThat(resolve(version), is(List.of(version.fate(Fate.CURRENT))));
    assertThat("counted since the last clear", table.duplicates(), is(0L));
  }

  @Test
  void greatestContentIsTheVersionOfItsMomentWhateverTheOrderOfArrival() {
    Version base = Version.of("1").updated(3, 3).prices(100, 200).provenance("B", "B");
    List<Version> greater =
        List.of(
            base.status(SaleStatus.CANCELLED),
            base.soldOn(LocalDate.of(2024, 5, 15)),
            base.prices(101, 200),
            base.prices(100, 201),
            base.vehicle("M2", "RENAULT", "CLIO", "B", "ICE"),
            base.outlet("D1", "SOUTH"),
            base.provenance("B", "C"),
            base.provenance("\u00e9", "B"));
    for (Version other : greater) {
      // Codes follow the order of arrival: swap it, and let yet another version come first.
      Version[][] orders = {
        {base, other}, {other, base}, {other, base, other}, {base, base, other}
      };
      for (Version[] order : orders) {
        assertThat(resolve(order), is(List.of(other.fate(Fate.CURRENT))));
        assertThat(table.conflicts(), is(1L));
        assertThat(table.duplicates(), is(order.length - 2L));
      }
    }
  }

  @Test
  void statusWeighsMoreThanMomentAndMomentMoreThanPrice() {
    Version base = Version.of("1").prices(100, 100);
    Version returned = base.status(SaleStatus.RETURNED).soldOn(LocalDate.of(2024, 5, 2));
    Version later = base.soldOn(LocalDate.of(2024, 5, 20)).prices(1, 1);
    Version dearer = base.prices(200, 1);
    assertThat(resolve(later, returned, dearer), is(List.of(returned.fate(Fate.CURRENT))));
    assertThat(resolve(dearer, later, base), is(List.of(later.fate(Fate.CURRENT))));
    assertThat(resolve(dearer, base), is(List.of(dearer.fate(Fate.CURRENT))));
  }

  @Test
  void returnWinsOverCancellationAndCancellationOverSaleOfOneMoment() {
    Version sold = Version.of("1").prices(900, 900);
    Version cancelled = sold.status(SaleStatus.CANCELLED).prices(200, 200);
    Version returned = sold.status(SaleStatus.RETURNED).prices(100, 100);
    assertThat(resolve(returned, sold, cancelled), is(List.of(returned.fate(Fate.CURRENT))));
    assertThat(table.conflicts(), is(2L));
    assertThat(table.duplicates(), is(0L));
    assertThat(resolve(cancelled, sold), is(List.of(cancelled.fate(Fate.CURRENT))));
    assertThat("counted since the last clear", table.conflicts(), is(1L));
  }

  @Test
  void handsOverEachConflictingContentOnce() {
    Version base = Version.of("1").updated(3, 0).prices(100, 200);
    Version dearer = base.prices(150, 200);
    Version dearest = base.prices(170, 200);
    Version later = Version.of("1").updated(4, 0);
    for (Version version : List.of(dearer, base, later, dearest, dearer, base)) {
      table.add(Version.block(version));
    }
    List<Version> versions = new ArrayList<>();
    List<Version> conflicting = new ArrayList<>();
    table.resolve(
        (int) FROM.toEpochDay(),
        (int) TO.toEpochDay(),
        (bytes, at) -> versions.add(Version.read(bytes, at, table.dictionaries())),
        (bytes, at) -> conflicting.add(Version.read(bytes, at, table.dictionaries())));
    assertThat(versions, is(List.of(dearest.fate(Fate.SUPERSEDED), later.fate(Fate.CURRENT))));
    assertThat(
        conflicting, is(List.of(base.fate(Fate.CONFLICTING), dearer.fate(Fate.CONFLICTING))));
    assertThat(table.duplicates(), is(2L));
  }

  @Test
  void whatReferenceDataAddsIsNoConflict() {
    // The same record, joined with two states of the list of vehicles.
    byte[] sent = Version.block(Version.of("1").vehicle("M1", "", "", "", "").outlet("D1", ""));
    Vehicle before = new Vehicle("M1", "RENAULT", "CLIO", "B", "ICE", 2_000_000);
    Vehicle after = new Vehicle("M1", "RENAULT", "CLIO V", "B", "BEV", 2_500_000);
    table.clear();
    table.add(new SaleEnricher(List.of(before), List.of()).enrich(sent));
    table.add(new SaleEnricher(List.of(after), List.of()).enrich(sent));
    assertThat(resolve().size(), is(1));
    assertThat(table.conflicts(), is(0L));
    assertThat(table.duplicates(), is(1L));
  }

  @Test
  void highestVersionSoldOutsideTheCoveredDaysIsOutOfRange() {
    assertThat(fateOf(FROM.minusDays(1)), is(Fate.OUT_OF_RANGE));
    assertThat(fateOf(FROM), is(Fate.CURRENT));
    assertThat(fateOf(TO.minusDays(1)), is(Fate.CURRENT));
    assertThat(fateOf(TO), is(Fate.OUT_OF_RANGE));
    Version before = Version.of("1").updated(1, 0).soldOn(FROM.minusDays(1));
    Version moved = Version.of("1").updated(2, 0);
    assertThat(
        resolve(moved, before),
        containsInAnyOrder(before.fate(Fate.SUPERSEDED), moved.fate(Fate.CURRENT)));
  }

  private Fate fateOf(LocalDate soldOn) {
    return resolve(Version.of("1").soldOn(soldOn)).get(0).fate();
  }

  @Test
  void salesWhoseIdsHaveTheSameHashAreTwo() {
    // "Aa" and "BB" have the same hash before it is spread, and so after.
    List<String> ids = List.of("AaAa", "BBBB", "AaBB", "BBAa");
    SaleDraft draft = new SaleDraft();
    draft.setId(ids.get(0).toCharArray(), 0, 4);
    int hash = draft.idHash();
    Version[] versions = ids.stream().map(Version::of).toArray(Version[]::new);
    for (String id : ids) {
      draft.setId(id.toCharArray(), 0, 4);
      assertThat(draft.idHash(), is(hash));
    }
    Version[] current =
        ids.stream().map(id -> Version.of(id).fate(Fate.CURRENT)).toArray(Version[]::new);
    assertThat(resolve(versions), containsInAnyOrder(current));
    assertThat(table.duplicates(), is(0L));
  }

  @Test
  void idThatIsAnotherIdsBeginningIsAnotherSale() {
    assertThat(resolve(Version.of("S-1"), Version.of("S-10")).size(), is(2));
  }

  @Test
  void emptyTableResolvesToNothing() {
    assertThat(resolve(), is(empty()));
  }

  @Test
  void orderOfArrivalDoesNotMatter() {
    long seed = 991;
    Random random = new Random(seed);
    List<Version> versions = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      versions.add(
          Version.of("S" + random.nextInt(700))
              .updated(random.nextInt(4), random.nextInt(3))
              .status(SaleStatus.values()[random.nextInt(3)])
              .prices(1 + random.nextInt(3), random.nextInt(2))
              .soldOn(LocalDate.of(2024, 4, 20).plusDays(random.nextInt(50)))
              .vehicle("M" + random.nextInt(20), "A", "B", "C", "D"));
    }
    Map<String, Version> expected = resolvedByMaps(versions);
    for (int permutation = 0; permutation < 5; permutation++) {
      Collections.shuffle(versions, random);
      table.clear();
      int from = 0;
      while (from < versions.size()) {
        int to = Math.min(versions.size(), from + 1 + random.nextInt(900));
        Version.blocks(versions.subList(from, to)).forEach(table::add);
        from = to;
      }
      Map<String, Version> found = new TreeMap<>();
      for (Version version : resolve()) {
        Version before = found.put(key(version), version);
        assertThat("seed " + seed + ": twice " + before, before == null, is(true));
      }
      assertThat("seed " + seed, found, is(expected));
      long contents = versions.stream().map(v -> v.fate(Fate.CURRENT)).distinct().count();
      assertThat("seed " + seed, table.duplicates(), is(3000L - contents));
      assertThat("seed " + seed, table.conflicts(), is(contents - expected.size()));
    }
  }

  private static String key(Version version) {
    return version.id() + "/" + version.updatedAt() + "/" + version.sequence();
  }

  // The rule with maps and comparators.
  private static Map<String, Version> resolvedByMaps(List<Version> versions) {
    Comparator<Version> content =
        Comparator.comparing((Version v) -> v.status())
            .thenComparing(v -> v.soldOn())
            .thenComparing(Version::net)
            .thenComparing(Version::list)
            .thenComparing(v -> String.join("\u001f", v.vehicle()));
    Comparator<Version> order =
        Comparator.comparing(Version::updatedAt).thenComparing(Version::sequence);
    Map<String, Version> distinct = new TreeMap<>();
    Map<String, Version> highest = new HashMap<>();
    for (Version version : versions) {
      distinct.merge(key(version), version, (a, b) -> content.compare(a, b) >= 0 ? a : b);
      highest.merge(version.id(), version, (a, b) -> order.compare(a, b) >= 0 ? a : b);
    }
    distinct.replaceAll(
        (key, version) -> {
          if (!key.equals(key(highest.get(version.id())))) {
            return version.fate(Fate.SUPERSEDED);
          }
          boolean covered = !version.soldOn().isBefore(FROM) && version.soldOn().isBefore(TO);
          return version.fate(covered ? Fate.CURRENT : Fate.OUT_OF_RANGE);
        });
    return distinct;
  }
}
