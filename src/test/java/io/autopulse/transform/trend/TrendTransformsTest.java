package io.autopulse.transform.trend;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import io.autopulse.domain.kpi.Dimension;
import io.autopulse.domain.kpi.Dimension.Attribute;
import io.autopulse.domain.market.Attention;
import io.autopulse.domain.market.Figure;
import io.autopulse.domain.market.FuelPrice;
import io.autopulse.domain.market.MarketTable;
import io.autopulse.domain.market.Observation;
import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.domain.sale.SaleStatus;
import io.autopulse.domain.sale.block.Version;
import io.autopulse.domain.trend.TrendFeatures;
import io.autopulse.testing.CheckedPipeline;
import io.autopulse.transform.market.AttentionCoder;
import io.autopulse.transform.market.FigureCoder;
import io.autopulse.transform.market.FuelPriceCoder;
import io.autopulse.transform.record.SaleBlockCoder;
import io.autopulse.transform.sales.ResolveLiveVersions;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;

/** The two forms of the trend features, on the same versions and market figures. */
class TrendTransformsTest {
  private static final LocalDate START = LocalDate.of(2024, 1, 1);
  private static final int WEEKS = 16;
  private static final int SHARDS = 2;

  /** The days of a step of the stream: the weeks end within steps, so some versions come late. */
  private static final int STEP = 3;

  private static final LocalDate TODAY = START.plusWeeks(WEEKS);
  private static final Duration HORIZON = Duration.ofDays(35);
  private static final List<Dimension> DIMENSIONS =
      List.of(
          Dimension.TOTAL,
          Dimension.of(Attribute.MAKE),
          Dimension.of(Attribute.MODEL),
          Dimension.of(Attribute.REGION),
          Dimension.of(Attribute.REGION, Attribute.POWERTRAIN));
  private static final List<List<String>> VEHICLES =
      List.of(
          List.of("M1", "RENAULT", "CLIO", "B", "ICE"),
          List.of("M2", "RENAULT", "MEGANE", "C", "BEV"),
          List.of("M3", "DACIA", "SPRING", "A", "BEV"));
  private static final List<String> REGIONS = List.of("NORTH", "SOUTH");

  private final CheckedPipeline checked = new CheckedPipeline();

  /** A millisecond passes between two looks: no work takes longer. */
  private static final class Ticks extends Clock implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final AtomicLong MILLIS = new AtomicLong();

    @Override
    public java.time.Instant instant() {
      return java.time.Instant.ofEpochMilli(MILLIS.incrementAndGet());
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  /** A version and the day it comes, which may be later than the day that made it known. */
  private record Arrival(int day, Version version) {}

  private static long micros(LocalDate date, int hour) {
    return (date.toEpochDay() * 24 + hour) * 3_600_000_000L;
  }

  private static Version vehicle(Version version, Random random) {
    List<String> vehicle = VEHICLES.get(random.nextInt(VEHICLES.size()));
    return version
        .vehicle(vehicle.get(0), vehicle.get(1), vehicle.get(2), vehicle.get(3), vehicle.get(4))
        .outlet("D1", REGIONS.get(random.nextInt(REGIONS.size())))
        .prices(20_000_00 + random.nextInt(5_000_00), 0);
  }

  /** Sales of each week; a third is corrected, moved or cancelled, and some come days late. */
  private static List<Arrival> arrivals(long seed) {
    Random random = new Random(seed);
    List<Arrival> arrivals = new ArrayList<>();
    for (int sale = 0; sale < 150; sale++) {
      int day = random.nextInt(WEEKS * 7);
      Version version =
          vehicle(Version.of("S" + sale).soldOn(START.plusDays(day)).soldAtHour(12), random)
              .updated(micros(START.plusDays(day), 13), 0);
      arrivals.add(new Arrival(day + late(random), version));
      for (int v = 1; v <= random.nextInt(3); v++) {
        int known = Math.min(day + random.nextInt(25), WEEKS * 7 - 1);
        version =
            random.nextInt(3) == 0
                ? version.status(SaleStatus.CANCELLED)
                : vehicle(version, random).status(SaleStatus.SOLD);
        version = version.updated(micros(START.plusDays(known), 14), v);
        arrivals.add(new Arrival(known + late(random), version));
        if (random.nextInt(5) == 0) {
          arrivals.add(new Arrival(known + late(random), version));
        }
      }
    }
    Collections.shuffle(arrivals, random);
    return arrivals;
  }

  private static int late(Random random) {
    return random.nextInt(4) == 0 ? random.nextInt(9) : 0;
  }

  private static List<FuelPrice> prices() {
    List<FuelPrice> prices = new ArrayList<>();
    for (int day = 0; day < WEEKS * 7; day += 2) {
      for (int value = 0; value < 2; value++) {
        BigDecimal price = BigDecimal.valueOf(15_000 + 31 * day + 7 * value, 4);
        prices.add(
            new FuelPrice(
                START.plusDays(day),
                day % 4 == 0 ? "ALL" : "NORTH",
                "DIESEL",
                START.plusDays(day + 6L * value),
                price,
                price,
                price,
                10));
      }
    }
    return prices;
  }

  private static List<Attention> attention() {
    List<Attention> figures = new ArrayList<>();
    for (int day = 0; day < WEEKS * 7; day++) {
      figures.add(
          new Attention(
              START.plusDays(day),
              "wikimedia",
              day % 3 == 0 ? "DACIA" : "RENAULT CLIO",
              START.plusDays(day + 1L),
              100L + day * day % 37,
              null,
              null));
    }
    return figures;
  }

  private static Map<String, List<String>> byKey(List<TrendFeatures> rows) {
    Map<String, List<String>> byKey = new TreeMap<>();
    for (TrendFeatures row : rows) {
      byKey
          .computeIfAbsent(
              row.weekStart() + " " + row.dimension() + " " + row.member(), k -> new ArrayList<>())
          .add(row.texts().toString());
    }
    return byKey;
  }

  private static <T> PCollectionView<Iterable<T>> view(
      Pipeline pipeline, String name, Create.Values<T> values) {
    return pipeline.apply(name, values).apply(name + " as a view", View.asIterable());
  }

  private static PCollectionTuple batch(
      Pipeline pipeline, String name, List<Arrival> arrivals, LocalDate today) {
    List<KV<Integer, byte[]>> blocks = new ArrayList<>();
    for (Arrival arrival : arrivals) {
      blocks.add(KV.of(shard(arrival), Version.block(arrival.version())));
    }
    return pipeline
        .apply(name + " versions", Create.of(blocks).withCoder(SaleBlockCoder.BY_SHARD))
        .apply(
            name,
            ComputeTrendFeatures.of(
                DIMENSIONS,
                ZoneOffset.UTC,
                BusinessInterval.ALL,
                today,
                view(
                    pipeline,
                    name + " prices",
                    Create.of(prices()).withCoder(new FuelPriceCoder())),
                view(
                    pipeline,
                    name + " attention",
                    Create.of(attention()).withCoder(new AttentionCoder()))));
  }

  private static int shard(Arrival arrival) {
    return Math.floorMod(arrival.version().id().hashCode(), SHARDS);
  }

  private static Instant at(int day) {
    return Instant.ofEpochMilli(micros(START.plusDays(day), 0) / 1000);
  }

  private static TestStream<KV<Integer, byte[]>> stream(List<Arrival> arrivals) {
    TestStream.Builder<KV<Integer, byte[]>> stream =
        TestStream.create(SaleBlockCoder.BY_SHARD).advanceWatermarkTo(at(0));
    for (int day = 0; day < WEEKS * 7 + 12; day += STEP) {
      for (int shard = 0; shard < SHARDS; shard++) {
        int of = shard;
        int now = day;
        Version[] versions =
            arrivals.stream()
                .filter(arrival -> arrival.day() / STEP == now / STEP && shard(arrival) == of)
                .map(Arrival::version)
                .toArray(Version[]::new);
        if (versions.length > 0) {
          stream = stream.addElements(KV.of(shard, Version.block(versions)));
        }
      }
      stream =
          stream
              .advanceWatermarkTo(at(day + STEP))
              .advanceProcessingTime(org.joda.time.Duration.standardSeconds(21));
    }
    return ended(stream);
  }

  /** The last weeks close and are handed out before the stream ends: its clock ends with it. */
  private static <T> TestStream<T> ended(TestStream.Builder<T> stream) {
    return stream
        .advanceWatermarkTo(at(WEEKS * 7 + 365))
        .advanceProcessingTime(org.joda.time.Duration.standardSeconds(21))
        .advanceWatermarkToInfinity();
  }

  /** The figures as a stream tells them: those of every second one were told otherwise before. */
  private static List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    for (FuelPrice price : prices()) {
      figures.add(
          figure(
              MarketTable.FUEL_PRICES,
              List.of(price.day().toString(), price.region(), price.fuel()),
              price.knownOn(),
              Arrays.asList(
                  price.average().toPlainString(),
                  price.minimum().toPlainString(),
                  price.maximum().toPlainString(),
                  String.valueOf(price.stations()))));
    }
    for (Attention day : attention()) {
      figures.add(
          figure(
              MarketTable.MARKET_ATTENTION,
              List.of(day.day().toString(), day.source(), day.topic()),
              day.knownOn(),
              Arrays.asList(String.valueOf(day.views()), null, null)));
    }
    figures.add(
        figure(
            MarketTable.MARKET_REGISTRATIONS,
            List.of(START.toString(), "month", "ALL", "DACIA", "ALL", "ALL"),
            START,
            List.of("7")));
    List<Figure> told = new ArrayList<>();
    for (Figure figure : figures) {
      if (told.size() % 3 == 0) {
        List<String> wrong = new ArrayList<>(figure.values());
        wrong.replaceAll(value -> value == null ? null : "99");
        told.add(
            new Figure(figure.table(), figure.slice(), figure.knownOn(), true, 1, 1, 0, wrong));
      }
      told.add(figure);
    }
    return told;
  }

  private static Figure figure(
      MarketTable table, List<String> key, LocalDate knownOn, List<String> values) {
    return new Figure(
        table, Observation.slice(key.toArray(String[]::new)), knownOn, true, 1, 2, 0, values);
  }

  private static PCollection<KV<Long, TrendFeatures>> live(
      Pipeline pipeline, PCollection<byte[]> versions, ZoneId zone) {
    return live(
        PCollectionTuple.of(ComputeLiveTrendFeatures.VERSIONS, versions)
            .and(
                ComputeLiveTrendFeatures.FIGURES,
                pipeline.apply("Live figures", Create.of(figures()).withCoder(new FigureCoder()))),
        zone);
  }

  private static PCollection<KV<Long, TrendFeatures>> live(PCollectionTuple in, ZoneId zone) {
    return in.apply(
        "Live",
        ComputeLiveTrendFeatures.of(
            DIMENSIONS, zone, 3, Duration.ofSeconds(10), HORIZON, new Ticks()));
  }

  /** The rows of the latest computation of each week and dimension. */
  private static List<TrendFeatures> latest(List<KV<Long, TrendFeatures>> rows) {
    Map<String, Long> newest = new TreeMap<>();
    rows.forEach(
        row ->
            newest.merge(
                row.getValue().weekStart() + row.getValue().dimension(), row.getKey(), Math::max));
    return rows.stream()
        .filter(
            row ->
                row.getKey()
                    .equals(newest.get(row.getValue().weekStart() + row.getValue().dimension())))
        .map(KV::getValue)
        .toList();
  }

  private static List<TrendFeatures> run(List<Arrival> arrivals, LocalDate today) {
    List<TrendFeatures> rows = Collections.synchronizedList(new ArrayList<>());
    ROWS.put(Thread.currentThread().getName(), rows);
    String key = Thread.currentThread().getName();
    Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.create());
    batch(pipeline, "Batch", arrivals, today)
        .get(ComputeTrendFeatures.FEATURES)
        .apply("Collect", org.apache.beam.sdk.transforms.ParDo.of(new CollectFn(key)));
    pipeline.run().waitUntilFinish();
    return rows;
  }

  private static final Map<String, List<TrendFeatures>> ROWS =
      new java.util.concurrent.ConcurrentHashMap<>();

  private static final class CollectFn
      extends org.apache.beam.sdk.transforms.DoFn<TrendFeatures, Void> {
    private static final long serialVersionUID = 1L;
    private final String key;

    CollectFn(String key) {
      this.key = key;
    }

    @ProcessElement
    public void collect(@Element TrendFeatures row) {
      ROWS.get(key).add(row);
    }
  }

  @Test
  void streamAndBatchGiveEqualFeaturesForClosedWeeks() {
    List<Arrival> arrivals = arrivals(20_240_611);
    Map<String, List<String>> expected = byKey(run(arrivals, TODAY));
    assertThat(expected.size(), greaterThan(100));
    PCollectionTuple resolved =
        checked
            .pipeline()
            .apply("Versions", stream(arrivals))
            .apply("Resolve", ResolveLiveVersions.within(HORIZON, Clock.systemUTC()));
    String last = TODAY.minusWeeks(1).toString();
    checked.check(
        live(checked.pipeline(), resolved.get(ResolveLiveVersions.RESOLVED), ZoneOffset.UTC),
        rows -> {
          Map<String, List<String>> found = byKey(latest(rows));
          found.keySet().removeIf(key -> key.compareTo(last + "~") > 0);
          assertThat(found, is(expected));
          long restated =
              byKey(rows.stream().map(KV::getValue).toList()).values().stream()
                  .filter(versions -> new TreeSet<>(versions).size() > 1)
                  .count();
          assertThat("late versions restated weeks", restated, greaterThan(10L));
        });
    checked.run();
  }

  @Test
  void memberWhoseOnlySaleTurnsOutToBeAnothersIsGone() {
    Version wrong =
        Version.of("1")
            .vehicle("M3", "DACIA", "SPRING", "A", "BEV")
            .outlet("D1", "NORTH")
            .soldOn(START)
            .soldAtHour(12)
            .updated(micros(START, 13), 0);
    Version right =
        wrong
            .vehicle("M1", "RENAULT", "CLIO", "B", "ICE")
            .updated(micros(START.plusDays(1), 13), 0);
    TestStream.Builder<byte[]> stream =
        TestStream.create(org.apache.beam.sdk.coders.ByteArrayCoder.of())
            .advanceWatermarkTo(at(0))
            .addElements(Version.block(wrong))
            .advanceWatermarkTo(at(8))
            .advanceProcessingTime(org.joda.time.Duration.standardSeconds(21))
            .addElements(Version.block(right))
            .advanceProcessingTime(org.joda.time.Duration.standardSeconds(21))
            .advanceWatermarkTo(at(9))
            .advanceProcessingTime(org.joda.time.Duration.standardSeconds(21));
    checked.check(
        // Without market feeds, as a job may be.
        live(
            PCollectionTuple.of(
                ComputeLiveTrendFeatures.VERSIONS,
                checked.pipeline().apply("Versions", ended(stream))),
            ZoneOffset.UTC),
        rows -> {
          assertThat(
              "told before it was known better",
              byKey(rows.stream().map(KV::getValue).toList()).keySet(),
              hasItem("2024-01-01 make DACIA"));
          Set<String> makes = new TreeSet<>(byKey(latest(rows)).keySet());
          makes.removeIf(key -> !key.startsWith("2024-01-01 make"));
          assertThat(makes, is(Set.of("2024-01-01 make RENAULT")));
        });
    checked.run();
  }

  @Test
  void orderOfArrivalDoesNotMatter() {
    List<Arrival> arrivals = arrivals(7);
    List<Arrival> other = new ArrayList<>(arrivals);
    Collections.shuffle(other, new Random(8));
    assertThat(byKey(run(other, TODAY)), is(byKey(run(arrivals, TODAY))));
  }

  @Test
  void versionsKnownLaterLeaveTheWeeksBeforeAsTheyWere() {
    List<Arrival> arrivals = arrivals(11);
    LocalDate cut = START.plusWeeks(9);
    List<Arrival> known =
        arrivals.stream().filter(a -> a.version().updatedAt() < micros(cut, 0)).toList();
    assertThat(arrivals.size(), greaterThan(known.size()));
    // What the run of that Monday published is what the run seven weeks later publishes of it.
    Map<String, List<String>> later = byKey(run(arrivals, TODAY));
    later.keySet().removeIf(key -> key.compareTo(cut.toString()) >= 0);
    assertThat(later, is(byKey(run(known, cut))));
  }

  @Test
  void noSalesGiveNoFeatures() {
    assertThat(run(List.of(), TODAY), is(List.of()));
  }

  @Test
  void countsTellEachVersionsFate() {
    Version first = Version.of("1").updated(1, 0);
    List<Arrival> arrivals =
        List.of(
            new Arrival(0, first),
            new Arrival(0, first),
            new Arrival(0, first.updated(2, 0)),
            new Arrival(0, Version.of("2")));
    checked.check(
        batch(checked.pipeline(), "Batch", arrivals, TODAY).get(ComputeTrendFeatures.COUNTS),
        counts -> {
          Map<String, Long> totals = new TreeMap<>();
          counts.forEach(count -> totals.merge(count.getKey(), count.getValue(), Long::sum));
          assertThat(
              totals,
              is(Map.of("sales/CURRENT", 2L, "sales/DUPLICATE", 1L, "sales/SUPERSEDED", 1L)));
        });
    checked.run();
  }
}
