package io.autopulse.generate;

import io.autopulse.domain.sale.SaleStatus;
import io.autopulse.generate.format.CsvEncoder;
import io.autopulse.generate.format.LandingFormat;
import io.autopulse.generate.format.RecordBuffer;
import io.autopulse.generate.format.RecordEncoder;
import io.autopulse.generate.world.Customers;
import io.autopulse.generate.world.SaleVersion;
import io.autopulse.generate.world.Vehicle;
import io.autopulse.generate.world.World;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Writes the feeds of the market that the invented sales are a part of: registrations, of which the
 * group's own are a few hundredths, fuel prices, page views and posts. Registrations are extracted
 * twice, each time whole: a few days after their month, and some weeks later with what was missing.
 */
final class MarketFeeds {
  /** The powertrains as a registration authority calls them, by ours. */
  static final Map<String, String> POWERTRAINS = powertrains();

  /** The fuels as stations call them, by ours. */
  static final Map<String, String> FUELS = fuels();

  private static final Map<String, Double> PUMP_PRICE =
      Map.of("DIESEL", 1.64, "PETROL E10", 1.71, "PETROL 98", 1.82);

  /** Makes that the group does not sell. */
  private static final List<String> OTHERS = List.of("GENESIS", "LADA", "NIO");

  private static final List<String> POSTS =
      List.of(
          "Love my new %s, great on the motorway",
          "The %s is fine, nothing special",
          "Third time at the garage with the %s. Terrible service!",
          "Would not buy a %s again, the software is a mess",
          "Test drive of the %s today: impressive range",
          "Is the %s worth the price?",
          "%s deliveries are late again, so annoying",
          "Happy with the %s after a year, really comfortable",
          "The %s looks good but the seats are awful",
          "Best offer so far: %s, 4.9%% and free winter tyres!");

  private static final long DAY_MILLIS = 86_400_000;
  private static final int MOST_DAYS = 800;
  private static final int MOST_MODELS_UNSOLD = 1_000;
  private static final int STATIONS_A_REGION = 2;
  private static final int POSTS_A_DAY = 8;
  private static final int MOST_TOPICS = 30;
  private static final double CORRECTED = 0.05;

  private final World world;

  /** Units sold by month, region and vehicle; a month and region without a sale has none. */
  private final int[] @Nullable [][] sold;

  MarketFeeds(World world) {
    this.world = world;
    sold = new int[world.calendar().months()][world.network().regions().size()][];
  }

  /**
   * What one extraction of a feed holds.
   *
   * @param feed the feed
   * @param number of the extraction, from 0
   * @param content the file's bytes
   */
  record Extraction(String feed, int number, RecordBuffer content) {}

  /** Takes current versions: the group's sales are a part of the market. */
  void add(List<SaleVersion> current) {
    for (SaleVersion sale : current) {
      if (sale.status() == SaleStatus.SOLD && sale.region() >= 0) {
        int[][] month = sold[world.calendar().month(sale.day())];
        if (month[sale.region()] == null) {
          month[sale.region()] = new int[world.catalogue().vehicles().size()];
        }
        month[sale.region()][sale.vehicle().index()]++;
      }
    }
  }

  /** Returns the makes that posts and pages are about. */
  List<String> topics() {
    Set<String> makes = new LinkedHashSet<>();
    for (Vehicle vehicle : world.catalogue().vehicles()) {
      if (makes.size() < MOST_TOPICS) {
        makes.add(vehicle.make());
      }
    }
    return List.copyOf(makes);
  }

  /** Returns the extractions of all feeds. */
  List<Extraction> all() {
    List<Extraction> all = new ArrayList<>(registrations());
    all.add(new Extraction("fuel_prices", 0, fuelPrices()));
    all.add(new Extraction("attention", 0, attention()));
    all.add(new Extraction("social", 0, social()));
    return all;
  }

  /** A feed's file being written. */
  private final class Feed {
    private final RecordBuffer out = new RecordBuffer(1 << 16);
    private final RecordEncoder encoder;
    private long extractedAt;

    Feed(long part, String... fields) {
      List<String> columns = new ArrayList<>(List.of(fields));
      if (world.spec().format() == LandingFormat.CSV) {
        columns.add("extracted_at");
        CsvEncoder.header(columns, out);
      }
      encoder = world.spec().format().encoder(columns, world.random(part));
    }

    RecordEncoder begin(long extractedAtMillis) {
      extractedAt = extractedAtMillis;
      encoder.begin(out, extractedAt);
      return encoder;
    }

    void end() {
      if (world.spec().format() == LandingFormat.CSV) {
        encoder.millis(extractedAt);
      }
      encoder.end();
    }
  }

  private List<Extraction> registrations() {
    String[] columns = {
      "period_start", "period_grain", "region", "make", "model", "powertrain", "registrations"
    };
    Feed first = new Feed(-6, columns);
    Feed corrected = new Feed(-7, columns);
    SplittableRandom random = world.random(-8);
    Map<String, Double> share = new LinkedHashMap<>();
    for (Vehicle vehicle : world.catalogue().vehicles()) {
      share.computeIfAbsent(vehicle.make(), make -> 0.02 + 0.1 * random.nextDouble());
    }
    for (int month = 0; month < sold.length; month++) {
      LocalDate start = world.spec().period().from().withDayOfMonth(1).plusMonths(month);
      long known = millis(start.plusMonths(1).plusDays(3));
      long again = known + 17 * DAY_MILLIS;
      for (int region = 0; region < sold[month].length; region++) {
        String place = world.network().regions().get(region);
        for (Vehicle vehicle : world.catalogue().vehicles()) {
          int[] ours = sold[month][region];
          int own = ours == null ? 0 : ours[vehicle.index()];
          int units = market(own, share.getOrDefault(vehicle.make(), 0.05), random);
          if (units > 0) {
            int missing =
                random.nextDouble() < CORRECTED ? Math.min(units - own, 1 + units / 20) : 0;
            write(first, known, start, place, vehicle, units - missing);
            write(corrected, again, start, place, vehicle, units);
          }
        }
        for (String other : OTHERS) {
          int units = 1 + random.nextInt(12);
          writeOther(first, known, start, place, other, units);
          writeOther(corrected, again, start, place, other, units);
        }
      }
    }
    return List.of(
        new Extraction("registrations", 0, first.out),
        new Extraction("registrations", 1, corrected.out));
  }

  private void writeOther(
      Feed feed, long extractedAt, LocalDate start, String place, String make, int units) {
    RecordEncoder encoder = begin(feed, extractedAt, start, place, make);
    encoder.text("SERIES");
    encoder.text(POWERTRAINS.getOrDefault("ICE", ""));
    encoder.integer(units);
    feed.end();
  }

  private int market(int own, double share, SplittableRandom random) {
    if (own == 0) {
      return world.spec().models() > MOST_MODELS_UNSOLD ? 0 : random.nextInt(4);
    }
    return own + (int) Math.round(own * (1 / share - 1) * (0.8 + 0.4 * random.nextDouble()));
  }

  private static void write(
      Feed feed, long known, LocalDate start, String place, Vehicle vehicle, int units) {
    RecordEncoder encoder =
        begin(feed, known, start, place, vehicle.make().toUpperCase(Locale.ROOT));
    encoder.text(vehicle.model().toUpperCase(Locale.ROOT));
    encoder.text(POWERTRAINS.getOrDefault(vehicle.powertrain(), vehicle.powertrain()));
    encoder.integer(units);
    feed.end();
  }

  private static RecordEncoder begin(
      Feed feed, long known, LocalDate start, String place, String make) {
    RecordEncoder encoder = feed.begin(known);
    encoder.text(start.toString());
    encoder.text("month");
    encoder.text(place);
    encoder.text(make);
    return encoder;
  }

  private RecordBuffer fuelPrices() {
    Feed feed = new Feed(-9, "station_id", "fuel", "region", "price_at", "price");
    SplittableRandom random = world.random(-10);
    Map<String, Double> level = new LinkedHashMap<>();
    FUELS.keySet().forEach(fuel -> level.put(fuel, PUMP_PRICE.getOrDefault(fuel, 1.7)));
    for (LocalDate day = firstDay(); day.isBefore(lastDay()); day = day.plusDays(1)) {
      for (Map.Entry<String, Double> fuel : level.entrySet()) {
        double price = fuel.getValue() * (1 + 0.006 * (random.nextDouble() - 0.5));
        fuel.setValue(Math.max(0.9, Math.min(2.9, price)));
      }
      for (int region = 0; region < world.network().regions().size(); region++) {
        for (int station = 0; station < STATIONS_A_REGION; station++) {
          for (Map.Entry<String, Double> fuel : level.entrySet()) {
            RecordEncoder encoder = feed.begin(millis(day.plusDays(1)));
            encoder.text(String.valueOf(75_000_001 + region * 1000 + station));
            encoder.text(FUELS.getOrDefault(fuel.getKey(), fuel.getKey()));
            encoder.text(world.network().regions().get(region));
            encoder.millis(millis(day) + random.nextInt(8 * 3_600_000));
            encoder.text(
                String.format(
                    Locale.ROOT,
                    "%.3f",
                    fuel.getValue() + 0.01 * (region % 5) + 0.03 * random.nextDouble()));
            feed.end();
          }
        }
      }
    }
    return feed.out;
  }

  private RecordBuffer attention() {
    Feed feed = new Feed(-11, "day", "source", "topic", "views");
    SplittableRandom random = world.random(-12);
    List<String> topics = topics();
    for (LocalDate day = firstDay(); day.isBefore(lastDay()); day = day.plusDays(1)) {
      for (int topic = 0; topic < topics.size(); topic++) {
        double usual = 4_000 / Math.sqrt(topic + 1) * (day.getDayOfWeek().getValue() > 5 ? 1.2 : 1);
        RecordEncoder encoder = feed.begin(millis(day.plusDays(1)));
        encoder.text(day.toString());
        encoder.text("wikimedia");
        encoder.text(topics.get(topic).replace(' ', '_'));
        encoder.integer(Math.round(usual * (0.85 + 0.3 * random.nextDouble())));
        feed.end();
      }
    }
    return feed.out;
  }

  private RecordBuffer social() {
    Feed feed = new Feed(-13, "post_id", "posted_at", "source", "user_name", "text");
    SplittableRandom random = world.random(-14);
    List<String> topics = topics();
    long number = 0;
    for (LocalDate day = firstDay(); day.isBefore(lastDay()); day = day.plusDays(1)) {
      for (int i = 0; i < POSTS_A_DAY; i++) {
        String make = topics.get(random.nextInt(topics.size()));
        RecordEncoder encoder = feed.begin(millis(day.plusDays(1)));
        encoder.text(String.format(Locale.ROOT, "p%08d", ++number));
        encoder.millis(millis(day) + random.nextInt(10 * 3_600_000));
        encoder.text("forum");
        encoder.text(Customers.lastName(random) + random.nextInt(1000));
        encoder.text(POSTS.get(random.nextInt(POSTS.size())).formatted(make));
        feed.end();
      }
    }
    return feed.out;
  }

  private LocalDate lastDay() {
    return world.spec().period().to();
  }

  private LocalDate firstDay() {
    LocalDate from = world.spec().period().from();
    LocalDate earliest = lastDay().minusDays(MOST_DAYS);
    return from.isBefore(earliest) ? earliest : from;
  }

  /** Returns the instant at which a day's figures are extracted: on its morning. */
  private static long millis(LocalDate day) {
    return day.toEpochSecond(LocalTime.of(6, 0), ZoneOffset.UTC) * 1000;
  }

  private static Map<String, String> powertrains() {
    Map<String, String> names = new LinkedHashMap<>();
    names.put("ICE", "COMBUSTION");
    names.put("HEV", "HYBRID");
    names.put("PHEV", "PLUG-IN HYBRID");
    names.put("BEV", "ELECTRIC");
    names.put("FCEV", "HYDROGEN");
    return names;
  }

  private static Map<String, String> fuels() {
    Map<String, String> names = new LinkedHashMap<>();
    names.put("DIESEL", "Gazole");
    names.put("PETROL E10", "E10");
    names.put("PETROL 98", "SP98");
    return names;
  }
}
