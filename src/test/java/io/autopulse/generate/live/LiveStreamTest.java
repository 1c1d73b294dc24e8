package io.autopulse.generate.live;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.startsWith;

import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.generate.world.GenerateSpec;
import io.autopulse.generate.world.SaleVersion;
import io.autopulse.generate.world.World;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LiveStreamTest {
  private static final Instant START = Instant.parse("2024-05-14T10:00:00Z");
  private static final int RECORDS = 40_000;
  private static final int MILLIS_APART = 20;

  private record Sent(Instant at, SaleVersion version) {}

  private final LiveStream stream =
      new LiveStream(
          World.of(
              GenerateSpec.into(Path.of("nowhere"))
                  .withPeriod(
                      new BusinessInterval(LocalDate.of(2024, 4, 17), LocalDate.of(2024, 5, 15)))),
          "L7");
  private final List<Sent> sent = new ArrayList<>();

  private void send() {
    for (int i = 0; i < RECORDS; i++) {
      Instant at = START.plusMillis((long) i * MILLIS_APART);
      sent.add(new Sent(at, stream.next(at.toEpochMilli())));
    }
  }

  @Test
  void nothingIsSentBeforeItHappens() {
    send();

    for (Sent s : sent) {
      assertThat(s.version().updatedAt(), is(lessThanOrEqualTo(s.at().toEpochMilli())));
      assertThat(s.version().soldAt(), is(lessThanOrEqualTo(s.at().getEpochSecond())));
      assertThat(
          "within the usual correction horizon",
          Instant.ofEpochSecond(s.version().soldAt()),
          is(greaterThan(s.at().minus(35, ChronoUnit.DAYS))));
    }
  }

  @Test
  void versionsOfASaleAreNumberedInTheOrderOfTheirTimes() {
    send();

    Map<String, Map<Integer, Long>> times = new HashMap<>();
    for (Sent s : sent) {
      times
          .computeIfAbsent(s.version().saleId(), id -> new HashMap<>())
          .put(s.version().sequence(), s.version().updatedAt());
    }
    assertThat(times.keySet(), everyItem(startsWith("L7-")));
    for (Map<Integer, Long> sale : times.values()) {
      List<Long> bySequence = sale.keySet().stream().sorted().map(sale::get).toList();
      assertThat(bySequence, is(bySequence.stream().sorted().toList()));
    }
  }

  @Test
  void onlyWhatWasSentIsCounted() {
    // A second of it: most repeats and corrections are still to come.
    Set<String> sales = new HashSet<>();
    Set<String> versions = new HashSet<>();
    for (int i = 0; i < 3_000; i++) {
      SaleVersion version = stream.next(START.plusMillis(i / 3L).toEpochMilli());
      sales.add(version.saleId());
      versions.add(version.saleId() + "/" + version.sequence());
    }
    assertThat(stream.duplicates(), is(3_000L - versions.size()));
    assertThat(stream.sales() + stream.corrections(), is((long) versions.size()));
    // A correction comes before its sale if that is sent late.
    assertThat(stream.sales(), is(lessThanOrEqualTo((long) sales.size())));
    assertThat(stream.duplicates(), is(lessThanOrEqualTo(5L)));
    assertThat(stream.late(), is(0L));
  }

  @Test
  void ratesAreThoseThatWereAskedFor() {
    send();

    Set<String> distinct = new HashSet<>();
    Map<String, Integer> newest = new HashMap<>();
    long repeated = 0;
    long overtaken = 0;
    for (Sent s : sent) {
      SaleVersion version = s.version();
      if (!distinct.add(version.saleId() + "/" + version.sequence())) {
        repeated++;
      } else if (newest.merge(version.saleId(), version.sequence(), Math::max)
          > version.sequence()) {
        overtaken++;
      }
    }
    double records = RECORDS;
    assertThat("duplicates", repeated / records, is(closeTo(0.02, 0.005)));
    assertThat("corrected", stream.corrections() / (double) stream.sales(), is(closeTo(0.1, 0.03)));
    assertThat("late", stream.late() / records, is(closeTo(0.05, 0.01)));
    assertThat("a version behind its sale's newer one", overtaken, is(greaterThan(0L)));
  }
}
