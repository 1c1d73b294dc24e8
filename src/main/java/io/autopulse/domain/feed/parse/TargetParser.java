package io.autopulse.domain.feed.parse;

import io.autopulse.domain.feed.Feed;
import io.autopulse.domain.feed.FeedFormat;
import io.autopulse.domain.feed.RawFields;
import io.autopulse.domain.feed.Rejection;
import io.autopulse.domain.feed.value.DateHorizon;
import io.autopulse.domain.problem.InputException;
import io.autopulse.domain.problem.RejectCode;
import io.autopulse.domain.sale.BusinessClock;
import io.autopulse.domain.sale.Target;
import java.time.LocalDate;
import java.util.List;

/**
 * The rules that make a raw record of the targets feed a {@link Target}. The first broken rule
 * rejects the record:
 *
 * <ul>
 *   <li>the month is given by any of its dates, without a time of day: a moment near midnight may
 *       belong to another month in another zone;
 *   <li>what the feed has no column for is of all; where it has one, a blank is not guessed to mean
 *       all;
 *   <li>a model is named with its make: models of two makes may have one name;
 *   <li>units are a whole number from 0 to {@link #MOST_UNITS}, the revenue an amount from 0 to
 *       {@link #HIGHEST_REVENUE};
 *   <li>the currency, if given, is the reporting currency.
 * </ul>
 *
 * Dates may lie ahead: targets do. One parser belongs to one header and one thread.
 */
public final class TargetParser {
  /** The most plausible units of a month. */
  public static final long MOST_UNITS = 100_000_000;

  /** The highest plausible revenue of a month, in cents: a million millions. */
  public static final long HIGHEST_REVENUE = 1_000_000_000_000_00L;

  private static final int MONTH = Feed.TARGETS.indexOf("month");
  private static final int DEALER_ID = Feed.TARGETS.indexOf("dealer_id");
  private static final int MAKE = Feed.TARGETS.indexOf("make");
  private static final int MODEL = Feed.TARGETS.indexOf("model");
  private static final int UNITS = Feed.TARGETS.indexOf("units");
  private static final int REVENUE = Feed.TARGETS.indexOf("revenue");
  private static final int CURRENCY = Feed.TARGETS.indexOf("currency");
  private static final int UPDATED_AT = Feed.TARGETS.indexOf("updated_at");

  private final RecordFields fields;
  private final BusinessClock clock;
  private final String zone;
  private final String currency;

  /**
   * Makes a parser of records with a header.
   *
   * @param place the file, for messages about the header
   * @throws InputException if the header lacks a column that is needed
   */
  public TargetParser(FeedFormat format, List<String> header, String place) {
    fields = new RecordFields(format, header, place, DateHorizon.NONE);
    clock = new BusinessClock(format.valueZone());
    zone = format.valueZone().getId();
    currency = format.currency();
  }

  /** Reads a record. */
  public Parsed<Target> parse(RawFields record) {
    if (record.count() != fields.width()) {
      return new Parsed.Rejected<>(Rejection.fieldCount(record.count(), fields.width()));
    }
    fields.open(record, (field, name) -> {});
    LocalDate month = month();
    String dealer = division(DEALER_ID);
    String make = division(MAKE);
    String model = division(MODEL);
    if (make.equals(Target.ALL) && !model.equals(Target.ALL)) {
      fields.reject(
          new Rejection(
              RejectCode.MODEL_WITHOUT_MAKE,
              "make",
              "make "
                  + RejectCode.MODEL_WITHOUT_MAKE.explanation()
                  + ": models of two makes may have one name. Name its column under columns.make, or"
                  + " write defaults: {make: NAME} for a feed of one make"));
    }
    long units = units();
    long revenue = revenue();
    fields.requireCurrency(CURRENCY, currency);
    long updatedAt = fields.has(UPDATED_AT) ? fields.time(UPDATED_AT) : 0;
    Rejection rejection = fields.rejection();
    return rejection == null
        ? new Parsed.Accepted<>(new Target(month, dealer, make, model, units, revenue, updatedAt))
        : new Parsed.Rejected<>(rejection);
  }

  private LocalDate month() {
    long micros = fields.time(MONTH);
    long day = clock.dateOf(micros);
    if (clock.momentOf(day, 0) != micros) {
      fields.reject(
          new Rejection(
              RejectCode.BAD_DATE,
              "month",
              "month has a time of day in "
                  + zone
                  + ", so that it may be of another month. Write dates, or set formats.timezone to the"
                  + " zone in which these times are midnights"));
    }
    return LocalDate.ofEpochDay(day).withDayOfMonth(1);
  }

  private String division(int field) {
    if (!fields.has(field)) {
      if (fields.isGiven(field)) {
        fields.rejectBlank(field, Target.ALL);
      }
      return Target.ALL;
    }
    String name = fields.name(field);
    if (field == DEALER_ID && MemberText.isBrokenId(name)) {
      fields.reject(RejectCode.BAD_ID, field);
    }
    return name;
  }

  private long units() {
    long units = fields.count(UNITS);
    if (units > MOST_UNITS) {
      fields.reject(RejectCode.COUNT_OUT_OF_RANGE, UNITS);
    }
    return units;
  }

  private long revenue() {
    if (!fields.has(REVENUE)) {
      return Target.NO_REVENUE;
    }
    long cents = fields.number(REVENUE, 2);
    if (cents < 0) {
      fields.reject(RejectCode.NEGATIVE_AMOUNT, REVENUE);
    }
    if (cents > HIGHEST_REVENUE) {
      fields.reject(RejectCode.AMOUNT_OUT_OF_RANGE, REVENUE);
    }
    return cents;
  }
}
