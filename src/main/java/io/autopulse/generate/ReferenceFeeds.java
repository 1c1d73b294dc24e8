package io.autopulse.generate;

import io.autopulse.generate.format.CsvEncoder;
import io.autopulse.generate.format.LandingFormat;
import io.autopulse.generate.format.RecordBuffer;
import io.autopulse.generate.format.RecordEncoder;
import io.autopulse.generate.world.Dealer;
import io.autopulse.generate.world.Vehicle;
import io.autopulse.generate.world.World;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;

/**
 * Writes the vehicles and dealers feeds, one record each, and the targets feed, one record a month
 * and dealer, in the spelling that is published. Of every fifth model the launch is known; every
 * seventh ends some weeks after the last sale, and the next model of its make takes its place.
 */
public final class ReferenceFeeds {
  private static final List<String> VEHICLES =
      List.of(
          "model_id",
          "make",
          "model",
          "segment",
          "powertrain",
          "list_price",
          "launched_on",
          "discontinued_on",
          "successor",
          "updated_at");
  private static final List<String> DEALERS =
      List.of("dealer_id", "dealer_name", "region", "updated_at");
  private static final List<String> TARGETS =
      List.of("month", "dealer_id", "make", "model", "units", "revenue", "currency", "updated_at");

  /** About so many of the versions are sales that are neither cancelled nor returned. */
  private static final double SOLD = 0.7;

  private static final long CENTS_OF_A_SALE = 30_000_00;
  private static final long YEAR_MILLIS = 365L * 86_400_000;

  private final World world;
  private final long extractedAt;
  private final Map<String, Integer> models = new HashMap<>();

  /** Makes the reference feeds of a world. */
  public ReferenceFeeds(World world) {
    this.world = world;
    this.extractedAt = world.calendar().secondAt(0) * 1000;
    world.catalogue().vehicles().forEach(v -> models.putIfAbsent(model(v), models.size()));
  }

  /** Returns the bytes of the vehicles feed. */
  public RecordBuffer vehicles() {
    return feed(
        VEHICLES,
        -3,
        (out, encoder) ->
            world
                .catalogue()
                .vehicles()
                .forEach(
                    vehicle -> {
                      encoder.begin(out, extractedAt);
                      encoder.text(vehicle.modelId());
                      encoder.text(vehicle.make());
                      encoder.text(vehicle.model());
                      encoder.text(vehicle.segment());
                      encoder.text(vehicle.powertrain());
                      encoder.moneyIfAny(vehicle.listed() ? vehicle.priceCents() : -1);
                      encoder.text(launchedOn(vehicle));
                      encoder.text(discontinuedOn(vehicle));
                      encoder.text(successor(vehicle));
                      encoder.millis(updatedAt(vehicle.index()));
                      encoder.end();
                    }));
  }

  private static String model(Vehicle vehicle) {
    return vehicle.make() + " " + vehicle.model();
  }

  /** Returns the place of a vehicle's model among the models. */
  private int place(Vehicle vehicle) {
    return Objects.requireNonNull(models.get(model(vehicle)));
  }

  private String launchedOn(Vehicle vehicle) {
    int place = place(vehicle);
    return place % 5 == 2
        ? world.calendar().date(0).minusDays(200 + place * 137L % 1500).toString()
        : "";
  }

  private boolean ends(Vehicle vehicle) {
    return place(vehicle) % 7 == 4;
  }

  private String discontinuedOn(Vehicle vehicle) {
    int last = world.calendar().days() - 1;
    return ends(vehicle)
        ? world.calendar().date(last).plusDays(15 + place(vehicle) % 3 * 14L).toString()
        : "";
  }

  private String successor(Vehicle vehicle) {
    if (!ends(vehicle)) {
      return "";
    }
    return world.catalogue().vehicles().stream()
        .filter(other -> other.make().equals(vehicle.make()) && place(other) > place(vehicle))
        .findFirst()
        .map(Vehicle::modelId)
        .orElse("");
  }

  /** Returns the bytes of the dealers feed. */
  public RecordBuffer dealers() {
    return feed(
        DEALERS,
        -4,
        (out, encoder) ->
            world
                .network()
                .dealers()
                .forEach(
                    dealer -> {
                      encoder.begin(out, extractedAt);
                      encoder.text(dealer.dealerId());
                      encoder.text(dealer.name());
                      encoder.text(world.network().regions().get(dealer.region()));
                      encoder.millis(updatedAt(dealer.index()));
                      encoder.end();
                    }));
  }

  /** Returns how many records the targets feed has. */
  public long targetRecords() {
    return (long) world.calendar().months() * world.network().dealers().size();
  }

  /** Returns the bytes of the targets feed: what each dealer may well sell, more or less. */
  public RecordBuffer targets() {
    SplittableRandom random = world.random(-16);
    List<Dealer> dealers = world.network().dealers();
    double sizes = dealers.stream().mapToDouble(Dealer::weight).sum();
    LocalDate first = world.calendar().date(0).withDayOfMonth(1);
    return feed(
        TARGETS,
        -15,
        (out, encoder) -> {
          for (int i = 0; i < world.calendar().months(); i++) {
            LocalDate month = first.plusMonths(i);
            double sold =
                SOLD
                    * world.spec().versions()
                    * (shareBefore(month.plusMonths(1)) - shareBefore(month));
            for (Dealer dealer : dealers) {
              long units =
                  Math.round(sold * dealer.weight() / sizes * (0.9 + 0.3 * random.nextDouble()));
              encoder.begin(out, extractedAt);
              encoder.text(YearMonth.from(month).toString());
              encoder.text(dealer.dealerId());
              encoder.text("ALL");
              encoder.text("ALL");
              encoder.integer(units);
              encoder.money(units * CENTS_OF_A_SALE);
              encoder.text("EUR");
              encoder.millis(updatedAt(dealer.index()));
              encoder.end();
            }
          }
        });
  }

  private double shareBefore(LocalDate date) {
    return world.calendar().shareBefore(date.atStartOfDay(world.spec().timezone()).toEpochSecond());
  }

  private RecordBuffer feed(
      List<String> columns, long part, BiConsumer<RecordBuffer, RecordEncoder> records) {
    RecordBuffer out = new RecordBuffer(1 << 14);
    if (world.spec().format() == LandingFormat.CSV) {
      CsvEncoder.header(columns, out);
    }
    records.accept(out, world.spec().format().encoder(columns, world.random(part)));
    return out;
  }

  /** Returns an instant of the year before the first sale. */
  private long updatedAt(int index) {
    return extractedAt - YEAR_MILLIS + index * 997_003L % YEAR_MILLIS;
  }
}
