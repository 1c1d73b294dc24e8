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
import io.autopulse.domain.market.NameMapping;
import io.autopulse.domain.market.Observation;
import io.autopulse.domain.market.Observation.Extent;
import io.autopulse.domain.market.Observation.Kind;
import io.autopulse.domain.problem.RejectCode;
import io.autopulse.domain.sale.BusinessClock;
import io.autopulse.domain.sale.MemberName;
import io.autopulse.domain.sale.block.SaleEnricher;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The fields of the record at hand of a market feed or of targets, by their positions in its feed.
 * The first broken rule is remembered; what is read after it is empty or zero, and breaks no
 * further rule.
 */
final class RecordFields {
  private static final long MICROS_PER_DAY = 86_400_000_000L;

  private final Feed feed;
  private final FieldBinding binding;
  private final NumberParser numbers;
  private final BusinessClock clock;
  private final DateHorizon horizon;
  private final TimeParser[] times;
  private final int extractedAt;
  private final int extract;

  private RawFields record;
  private MarketParser.Unmapped unmapped = (field, name) -> {};
  private @Nullable Rejection rejection;

  /** Binds the fields to a header; {@code place} is its file, for messages. */
  RecordFields(FeedFormat format, List<String> header, String place, DateHorizon horizon) {
    this.horizon = horizon;
    feed = format.feed();
    binding = new FieldBinding(format, header, place);
    numbers = new NumberParser(format.decimal(), format.grouping(), format.currency());
    clock = new BusinessClock(format.businessZone());
    times = new TimeParser[feed.fields().size()];
    for (int i = 0; i < times.length; i++) {
      times[i] = format.timeParser(feed.fields().get(i).name());
    }
    extractedAt = feed.indexOf(Feed.Market.EXTRACTED_AT);
    extract = feed.indexOf(Feed.Market.EXTRACT);
    record = new RawFields();
  }

  /** Returns the number of columns of the header. */
  int width() {
    return binding.width();
  }

  /** Moves to the next record. */
  void open(RawFields next, MarketParser.Unmapped names) {
    record = next;
    unmapped = names;
    rejection = null;
  }

  /** Returns the first rule that the record breaks; null while it breaks none. */
  @Nullable Rejection rejection() {
    return rejection;
  }

  /** Tells whether the record has broken no rule yet. */
  boolean isSound() {
    return rejection == null;
  }

  /** Notes that the value at hand, which is the field's, breaks a rule. */
  void reject(RejectCode code, int field) {
    if (isSound()) {
      rejection = binding.reject(code, field);
    }
  }

  /** Notes that the record breaks a rule. */
  void reject(Rejection broken) {
    if (isSound()) {
      rejection = broken;
    }
  }

  /** Notes that the record lacks a field. */
  void rejectMissing(int field) {
    reject(binding.missing(field));
  }

  /** Notes that a field has a column and no value, which the feed should write as the text. */
  void rejectBlank(int field, String text) {
    String name = feed.fields().get(field).name();
    reject(
        new Rejection(
            RejectCode.MISSING_FIELD,
            name,
            "%s is blank: write %s if it is of all, or defaults: {%s: %2$s} if every blank is"
                .formatted(name, text, name)));
  }

  /** Tells whether a column or the manifest's default may give a field its value. */
  boolean isGiven(int field) {
    return binding.isGiven(field);
  }

  /** Moves to a field; false if the record gives it no value. */
  boolean has(int field) {
    return isSound() && binding.select(record, field);
  }

  /** Returns the text of a field that the record must have, of whatever length. */
  String anyText(int field, int longest) {
    if (!has(field)) {
      rejectMissing(field);
    } else if (binding.to() - binding.from() > longest) {
      reject(RejectCode.TEXT_TOO_LONG, field);
    }
    return isSound() ? binding.value() : "";
  }

  /** Returns the value of a field that the record must have. */
  String required(int field) {
    if (!has(field)) {
      rejectMissing(field);
    }
    return sound(field);
  }

  /** Returns the value of a field, empty if the record gives none. */
  String optional(int field) {
    return has(field) ? sound(field) : "";
  }

  private String sound(int field) {
    if (!isSound()) {
      return "";
    }
    String value = binding.value();
    RejectCode broken = MemberText.brokenName(value);
    if (broken != null) {
      reject(broken, field);
    }
    return value;
  }

  /** Returns the value of a field that the record must have, as a member name. */
  String name(int field) {
    return MemberName.of(required(field));
  }

  /** Returns a name; of what the feed does not give the member of all. */
  String attribute(int field) {
    if (has(field)) {
      return name(field);
    }
    return isGiven(field) ? SaleEnricher.UNKNOWN : MarketParser.ALL;
  }

  /** Returns the member that a name is mapped to; the name itself, reported, if there is none. */
  String mapped(NameMapping mapping, int field, String name) {
    if (!isSound() || isNone(name)) {
      return name;
    }
    String member = mapping.member(name).orElse("");
    if (member.isEmpty()) {
      unmapped.name(feed.fields().get(field).name(), name);
      return name;
    }
    return member;
  }

  /** Tells whether a name is that of all, or of none that is known. */
  static boolean isNone(String name) {
    return name.equals(MarketParser.ALL) || name.equals(SaleEnricher.UNKNOWN);
  }

  /** Returns the member of the topic that a field names, which must be a known one. */
  String topic(NameMapping topics, int field) {
    String spelled = NameMapping.topic(required(field));
    String topic = isSound() ? topics.member(spelled).orElse("") : "";
    if (topic.isEmpty()) {
      reject(RejectCode.UNMAPPED_NAME, field);
    }
    return topic;
  }

  /** Returns a time in microseconds UTC. */
  long time(int field) {
    required(field);
    if (!isSound()) {
      return 0;
    }
    long micros = times[field].parse(binding.text(), binding.from(), binding.to());
    RejectCode broken = SaleParser.brokenTime(micros);
    if (broken != null) {
      reject(broken, field);
    }
    return isSound() ? micros : 0;
  }

  /** Returns a time that is not further ahead of now than allowed. */
  long moment(int field) {
    long micros = time(field);
    if (isBeyond(micros)) {
      reject(RejectCode.FUTURE_DATE, field);
    }
    return micros;
  }

  /** Tells whether a moment is further ahead of now than allowed. */
  private boolean isBeyond(long micros) {
    return horizon.isBeyond(micros);
  }

  /** Tells whether a date begins further ahead of now than allowed. */
  boolean isBeyond(LocalDate date) {
    return isBeyond(clock.momentOf(date.toEpochDay(), 0));
  }

  /** Returns the business date of a moment, in days since 1970-01-01. */
  int dateOf(long micros) {
    return clock.dateOf(micros);
  }

  /** Returns a number with at most {@code scale} decimals, without its decimal mark. */
  long number(int field, int scale) {
    required(field);
    if (!isSound()) {
      return 0;
    }
    long number = binding.number(numbers, scale);
    RejectCode broken = NumberParser.broken(number);
    if (broken != null) {
      reject(broken, field);
    }
    return number;
  }

  /** Returns a plausible count. */
  long count(int field) {
    long count = number(field, 0);
    if (count < 0) {
      reject(RejectCode.NEGATIVE_COUNT, field);
    }
    if (count > MarketParser.HIGHEST_COUNT) {
      reject(RejectCode.COUNT_OUT_OF_RANGE, field);
    }
    return count;
  }

  /** Rejects a currency, where given, that is not the reporting one. */
  void requireCurrency(int field, String currency) {
    if (has(field) && !binding.value().equalsIgnoreCase(currency)) {
      reject(SaleParser.otherCurrency(binding.value()), field);
    }
  }

  /**
   * Returns the observation of the record, known when the record says that it was extracted, else
   * on the evening of its last day.
   */
  Observation known(
      Kind kind,
      String slice,
      String source,
      long moment,
      int lastDay,
      long value,
      boolean counted) {
    boolean dated = has(extractedAt);
    long extracted = dated ? moment(extractedAt) : clock.momentOf(lastDay, MICROS_PER_DAY - 1);
    int knownOn = dated ? clock.dateOf(extracted) : lastDay;
    Extent extent = extract >= 0 ? extent() : Extent.CHANGES;
    return new Observation(
        kind, slice, source, moment, extracted, knownOn, dated, extent, value, counted);
  }

  private Extent extent() {
    return switch (optional(extract).toLowerCase(Locale.ROOT)) {
      case "", "whole" -> Extent.WHOLE;
      case "periods" -> Extent.PERIODS;
      case "changes" -> Extent.CHANGES;
      default -> {
        reject(RejectCode.UNKNOWN_EXTRACT, extract);
        yield Extent.CHANGES;
      }
    };
  }

  /** Returns a one-way hash of an id, empty if it is: a licence plate is personal data. */
  static String hashed(String id) {
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
