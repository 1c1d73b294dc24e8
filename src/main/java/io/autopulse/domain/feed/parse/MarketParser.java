package io.autopulse.domain.feed.parse;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.autopulse.domain.feed.Feed;
import io.autopulse.domain.feed.FeedFormat;
import io.autopulse.domain.feed.FieldBinding;
import io.autopulse.domain.feed.RawFields;
import io.autopulse.domain.feed.Rejection;
import io.autopulse.domain.feed.value.DateHorizon;
import io.autopulse.domain.feed.value.NumberParser;
import io.autopulse.domain.feed.value.TimeParser;
import io.autopulse.domain.market.MarketNames;
import io.autopulse.domain.market.NameMapping;
import io.autopulse.domain.market.Observation;
import io.autopulse.domain.market.Observation.Extent;
import io.autopulse.domain.market.Observation.Kind;
import io.autopulse.domain.market.Sentiment;
import io.autopulse.domain.problem.InputException;
import io.autopulse.domain.problem.RejectCode;
import io.autopulse.domain.sale.BusinessClock;
import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.domain.sale.MemberName;
import io.autopulse.domain.sale.block.SaleEnricher;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The rules that make a raw record of a market feed observations of figures. Names are mapped by
 * the manifest's tables: a make, model, region, powertrain or fuel that they do not know stays
 * under its own name, and is reported; a page or post about no known topic is rejected. What the
 * record holds of people goes no further: a text is scored, an id is hashed. One parser belongs to
 * one header and one thread.
 */
public final class MarketParser {
  /** A member of all: what a feed does not tell apart. */
  public static final String ALL = "ALL";

  /** The highest plausible price of a litre, in ten thousandths. */
  static final long HIGHEST_FUEL_PRICE = 100_0000;

  /** The highest plausible count of a record. */
  static final long HIGHEST_COUNT = 1_000_000_000_000L;

  private static final int LONGEST_POST = 100_000;
  private static final long MICROS_PER_DAY = 86_400_000_000L;

  /** The lengths of a period. */
  public static final List<String> GRAINS = List.of("day", "week", "month", "quarter", "year");

  private final Feed feed;
  private final FieldBinding binding;
  private final FeedFormat format;
  private final MarketNames names;
  private final NumberParser numbers;
  private final BusinessClock clock;
  private final DateHorizon horizon;
  private final TimeParser[] times;

  /** Takes a name that the manifest's mappings do not know. */
  @FunctionalInterface
  public interface Unmapped {
    /** Takes the name of a field, as a member name. */
    void name(String field, String name);
  }

  /**
   * Makes a parser of records with a header.
   *
   * @param place the file, for messages about the header
   * @param horizon how far ahead of now dates may lie
   * @throws InputException if the header lacks a column that is needed
   */
  public MarketParser(
      FeedFormat format,
      MarketNames names,
      List<String> header,
      String place,
      DateHorizon horizon) {
    this.format = format;
    this.names = names;
    this.horizon = horizon;
    feed = format.feed();
    binding = new FieldBinding(format, header, place);
    numbers = new NumberParser(format.decimal(), format.grouping(), format.currency());
    clock = new BusinessClock(format.businessZone());
    times = new TimeParser[feed.fields().size()];
    for (int i = 0; i < times.length; i++) {
      times[i] = format.timeParser(feed.fields().get(i).name());
    }
    if (feed == Feed.REGISTRATIONS
        && !binding.isGiven(index("period_start"))
        && !(binding.isGiven(index("year")) && binding.isGiven(index("month")))) {
      throw new InputException(
          place,
          "feed registrations: no column tells the period",
          "Name one under feeds.registrations.columns.period_start, or two under year and month");
    }
  }

  /** Why the record at hand is rejected: ends the parsing of one record. */
  private static final class RejectedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Rejection rejection;

    RejectedException(Rejection rejection) {
      super(rejection.message(), null, false, false);
      this.rejection = rejection;
    }
  }

  /**
   * Reads a record.
   *
   * @param unmapped told of each name that stays as it is although there is a mapping
   */
  public Parsed<List<Observation>> parse(RawFields record, Unmapped unmapped) {
    if (record.count() != binding.width()) {
      return new Parsed.Rejected<>(Rejection.fieldCount(record.count(), binding.width()));
    }
    try {
      return new Parsed.Accepted<>(
          switch (feed) {
            case FUEL_PRICES -> List.of(price(record, unmapped));
            case REGISTRATIONS -> List.of(units(record, unmapped));
            case ATTENTION -> List.of(views(record));
            case SOCIAL -> posts(record);
            default -> throw new IllegalStateException(feed + " is no market feed");
          });
    } catch (RejectedException e) {
      return new Parsed.Rejected<>(e.rejection);
    }
  }

  private Observation price(RawFields record, Unmapped unmapped) {
    String station = hashed(required(record, "station_id"));
    String fuel = mapped(names.fuels(), "fuel", name(record, "fuel"), unmapped);
    String region = place(record, unmapped);
    long moment = moment(record, "price_at");
    long price = number(record, "price", 4);
    if (price <= 0) {
      throw reject(RejectCode.PRICE_NOT_POSITIVE, "price");
    }
    if (price > HIGHEST_FUEL_PRICE) {
      throw reject(RejectCode.PRICE_OUT_OF_RANGE, "price");
    }
    if (binding.select(record, index("currency"))
        && !binding.value().equalsIgnoreCase(format.currency())) {
      throw reject(SaleParser.otherCurrency(binding.value()), "currency");
    }
    int day = clock.dateOf(moment);
    String slice = Observation.slice(date(day), region, fuel);
    return known(record, Kind.PRICE, slice, station, moment, day, price, true);
  }

  private Observation units(RawFields record, Unmapped unmapped) {
    LocalDate within = period(record);
    String grain = required(record, "period_grain").toLowerCase(Locale.ROOT);
    if (!GRAINS.contains(grain)) {
      throw reject(RejectCode.UNKNOWN_GRAIN, "period_grain");
    }
    LocalDate start =
        switch (grain) {
          case "week" -> BusinessInterval.weekStart(within);
          case "month" -> within.withDayOfMonth(1);
          case "quarter" -> within.with(IsoFields.DAY_OF_QUARTER, 1);
          case "year" -> within.withDayOfYear(1);
          default -> within;
        };
    LocalDate end =
        switch (grain) {
          case "week" -> start.plusDays(6);
          case "month" -> start.plusMonths(1).minusDays(1);
          case "quarter" -> start.plusMonths(3).minusDays(1);
          case "year" -> start.plusYears(1).minusDays(1);
          default -> start;
        };
    if (horizon.isBeyond(clock.momentOf(start.toEpochDay(), 0))) {
      String told = binding.select(record, index("period_start")) ? "period_start" : "year";
      required(record, told);
      throw reject(RejectCode.FUTURE_DATE, told);
    }
    String region = place(record, unmapped);
    String spelledMake = attribute(record, "make");
    String make = mapped(names.makes(), "make", spelledMake, unmapped);
    String spelledModel = attribute(record, "model");
    String model = model(spelledMake, make, spelledModel, unmapped);
    String spelledPowertrain = attribute(record, "powertrain");
    String powertrain = mapped(names.powertrains(), "powertrain", spelledPowertrain, unmapped);
    String id = hashed(optional(record, "record_id"));
    long units = count(record, "registrations");
    return known(
        record,
        Kind.UNITS,
        Observation.slice(start.toString(), grain, region, make, model, powertrain),
        Observation.slice(
            attribute(record, "region"), spelledMake, spelledModel, spelledPowertrain, id),
        0,
        (int) end.toEpochDay(),
        units,
        true);
  }

  private Observation views(RawFields record) {
    int day = clock.dateOf(moment(record, "day"));
    String source = name(record, "source");
    String spelled = topicName(record);
    String topic =
        names.topics().member(spelled).orElseThrow(() -> reject(RejectCode.UNMAPPED_NAME, "topic"));
    String id = hashed(optional(record, "record_id"));
    long views = count(record, "views");
    return known(
        record,
        Kind.VIEWS,
        Observation.slice(date(day), source, topic),
        Observation.slice(spelled, id),
        0,
        day,
        views,
        true);
  }

  private List<Observation> posts(RawFields record) {
    String post = hashed(required(record, "post_id"));
    int day = clock.dateOf(moment(record, "posted_at"));
    String source = name(record, "source");
    if (!binding.select(record, index("text"))) {
      throw new RejectedException(binding.missing(index("text")));
    }
    if (binding.to() - binding.from() > LONGEST_POST) {
      throw reject(RejectCode.TEXT_TOO_LONG, "text");
    }
    String text = binding.value();
    int sentiment = Sentiment.of(text);
    List<Observation> posts = new ArrayList<>();
    for (String topic : topics(record, text)) {
      String slice = Observation.slice(date(day), source, topic);
      posts.add(known(record, Kind.SENTIMENT, slice, post, 0, day, sentiment, posts.isEmpty()));
    }
    return posts;
  }

  /** Returns the topic that the record names, else those that its text names. */
  private Set<String> topics(RawFields record, String text) {
    if (binding.select(record, index("topic"))) {
      String spelled = topicName(record);
      return Set.of(
          names
              .topics()
              .member(spelled)
              .orElseThrow(() -> reject(RejectCode.UNMAPPED_NAME, "topic")));
    }
    Set<String> named = names.topics().namedIn(text);
    if (named.isEmpty()) {
      // The text itself is no part of the message: it may name people.
      throw new RejectedException(
          new Rejection(
              RejectCode.UNMAPPED_NAME, "text", "text names no topic of the manifest's mappings"));
    }
    return named;
  }

  private String topicName(RawFields record) {
    return NameMapping.topic(required(record, "topic"));
  }

  private String model(String spelledMake, String make, String spelled, Unmapped unmapped) {
    if (isNone(spelled)) {
      return spelled.equals(ALL) || isNone(make) ? spelled : make + " " + spelled;
    }
    String model = spelled;
    for (String prefix : List.of(spelledMake, make)) {
      if (model.startsWith(prefix + " ")) {
        model = model.substring(prefix.length() + 1);
      }
    }
    return mapped(names.models(), "model", isNone(make) ? model : make + " " + model, unmapped);
  }

  private String place(RawFields record, Unmapped unmapped) {
    return mapped(names.regions(), "region", attribute(record, "region"), unmapped);
  }

  private static String mapped(NameMapping mapping, String field, String name, Unmapped unmapped) {
    if (isNone(name)) {
      return name;
    }
    String member = mapping.member(name).orElse("");
    if (member.isEmpty()) {
      unmapped.name(field, name);
      return name;
    }
    return member;
  }

  private static boolean isNone(String name) {
    return name.equals(ALL) || name.equals(SaleEnricher.UNKNOWN);
  }

  /** Returns a name; of what the feed does not give the member of all. */
  private String attribute(RawFields record, String field) {
    if (binding.select(record, index(field))) {
      return name(record, field);
    }
    return binding.isGiven(index(field)) ? SaleEnricher.UNKNOWN : ALL;
  }

  private LocalDate period(RawFields record) {
    if (binding.select(record, index("period_start"))) {
      return LocalDate.ofEpochDay(clock.dateOf(time(record, "period_start")));
    }
    if (!binding.select(record, index("year"))) {
      throw new RejectedException(binding.missing(index("period_start")));
    }
    long year = number(record, "year", 0);
    if (year < SaleParser.EARLIEST.getYear() || year >= SaleParser.LATEST.getYear()) {
      throw reject(RejectCode.DATE_OUT_OF_RANGE, "year");
    }
    required(record, "month");
    long month = number(record, "month", 0);
    if (month < 1 || month > 12) {
      throw reject(RejectCode.BAD_DATE, "month");
    }
    return LocalDate.of((int) year, (int) month, 1);
  }

  private Observation known(
      RawFields record,
      Kind kind,
      String slice,
      String source,
      long moment,
      int lastDay,
      long value,
      boolean counted) {
    boolean dated = binding.select(record, index(Feed.Market.EXTRACTED_AT));
    // Without a moment of extraction, a figure is known on the evening of its period's last day.
    long extractedAt =
        dated
            ? moment(record, Feed.Market.EXTRACTED_AT)
            : clock.momentOf(lastDay, MICROS_PER_DAY - 1);
    int knownOn = dated ? clock.dateOf(extractedAt) : lastDay;
    return new Observation(
        kind,
        slice,
        source,
        moment,
        extractedAt,
        knownOn,
        dated,
        kind == Kind.UNITS ? extent(record) : Extent.CHANGES,
        value,
        counted);
  }

  private Extent extent(RawFields record) {
    String extract = optional(record, Feed.Market.EXTRACT).toLowerCase(Locale.ROOT);
    return switch (extract) {
      case "", "whole" -> Extent.WHOLE;
      case "periods" -> Extent.PERIODS;
      case "changes" -> Extent.CHANGES;
      default -> throw reject(RejectCode.UNKNOWN_EXTRACT, Feed.Market.EXTRACT);
    };
  }

  private String required(RawFields record, String field) {
    if (!binding.select(record, index(field))) {
      throw new RejectedException(binding.missing(index(field)));
    }
    return sound(field);
  }

  private String optional(RawFields record, String field) {
    return binding.select(record, index(field)) ? sound(field) : "";
  }

  private String name(RawFields record, String field) {
    return MemberName.of(required(record, field));
  }

  private String sound(String field) {
    String value = binding.value();
    RejectCode broken = MemberText.brokenName(value);
    if (broken != null) {
      throw reject(broken, field);
    }
    return value;
  }

  private long time(RawFields record, String field) {
    required(record, field);
    long micros = times[index(field)].parse(binding.text(), binding.from(), binding.to());
    RejectCode broken = SaleParser.brokenTime(micros);
    if (broken != null) {
      throw reject(broken, field);
    }
    return micros;
  }

  /** Returns a time that is not further ahead of now than allowed. */
  private long moment(RawFields record, String field) {
    long micros = time(record, field);
    if (horizon.isBeyond(micros)) {
      throw reject(RejectCode.FUTURE_DATE, field);
    }
    return micros;
  }

  private long number(RawFields record, String field, int scale) {
    required(record, field);
    long number = binding.number(numbers, scale);
    RejectCode broken = NumberParser.broken(number);
    if (broken != null) {
      throw reject(broken, field);
    }
    return number;
  }

  private long count(RawFields record, String field) {
    long count = number(record, field, 0);
    if (count < 0) {
      throw reject(RejectCode.NEGATIVE_COUNT, field);
    }
    if (count > HIGHEST_COUNT) {
      throw reject(RejectCode.COUNT_OUT_OF_RANGE, field);
    }
    return count;
  }

  private RejectedException reject(RejectCode code, String field) {
    return new RejectedException(binding.reject(code, index(field)));
  }

  private int index(String field) {
    return feed.indexOf(field);
  }

  private static String date(int day) {
    return LocalDate.ofEpochDay(day).toString();
  }

  /** Returns what tells ids apart and does not tell them: a licence plate is personal data. */
  private static String hashed(String id) {
    if (id.isEmpty()) {
      return "";
    }
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(id.getBytes(UTF_8));
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
