package io.autopulse.domain.feed.parse;

import io.autopulse.domain.feed.Feed;
import io.autopulse.domain.market.MarketNames;
import io.autopulse.domain.market.Observation;
import io.autopulse.domain.market.Observation.Kind;
import io.autopulse.domain.problem.InputException;
import io.autopulse.domain.problem.RejectCode;
import io.autopulse.domain.sale.BusinessInterval;
import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.util.List;
import java.util.Locale;

/** The rules of a count of registered vehicles in a period. */
final class RegistrationRules implements MarketParser.Rules {
  private static final int PERIOD_START = Feed.REGISTRATIONS.indexOf("period_start");
  private static final int YEAR = Feed.REGISTRATIONS.indexOf("year");
  private static final int MONTH = Feed.REGISTRATIONS.indexOf("month");
  private static final int PERIOD_GRAIN = Feed.REGISTRATIONS.indexOf("period_grain");
  private static final int REGION = Feed.REGISTRATIONS.indexOf("region");
  private static final int MAKE = Feed.REGISTRATIONS.indexOf("make");
  private static final int MODEL = Feed.REGISTRATIONS.indexOf("model");
  private static final int POWERTRAIN = Feed.REGISTRATIONS.indexOf("powertrain");
  private static final int REGISTRATIONS = Feed.REGISTRATIONS.indexOf("registrations");
  private static final int RECORD_ID = Feed.REGISTRATIONS.indexOf("record_id");

  private final RecordFields fields;
  private final MarketNames names;

  RegistrationRules(RecordFields fields, MarketNames names, String place) {
    this.fields = fields;
    this.names = names;
    if (!fields.isGiven(PERIOD_START) && !(fields.isGiven(YEAR) && fields.isGiven(MONTH))) {
      throw new InputException(
          place,
          "feed registrations: no column tells the period",
          "Name one under feeds.registrations.columns.period_start, or two under year and month");
    }
  }

  @Override
  public List<Observation> read() {
    LocalDate within = period();
    String grain = fields.required(PERIOD_GRAIN).toLowerCase(Locale.ROOT);
    if (!MarketParser.GRAINS.contains(grain)) {
      fields.reject(RejectCode.UNKNOWN_GRAIN, PERIOD_GRAIN);
    }
    LocalDate start = start(within, grain);
    if (fields.isSound() && fields.isBeyond(start)) {
      int told = fields.has(PERIOD_START) ? PERIOD_START : YEAR;
      fields.required(told);
      fields.reject(RejectCode.FUTURE_DATE, told);
    }
    String spelledRegion = fields.attribute(REGION);
    String region = fields.mapped(names.regions(), REGION, spelledRegion);
    String spelledMake = fields.attribute(MAKE);
    String make = fields.mapped(names.makes(), MAKE, spelledMake);
    String spelledModel = fields.attribute(MODEL);
    String model = model(spelledMake, make, spelledModel);
    String spelledPowertrain = fields.attribute(POWERTRAIN);
    String powertrain = fields.mapped(names.powertrains(), POWERTRAIN, spelledPowertrain);
    String id = RecordFields.hashed(fields.optional(RECORD_ID));
    long units = fields.count(REGISTRATIONS);
    return List.of(
        fields.known(
            Kind.UNITS,
            Observation.slice(start.toString(), grain, region, make, model, powertrain),
            Observation.slice(spelledRegion, spelledMake, spelledModel, spelledPowertrain, id),
            0,
            (int) end(start, grain).toEpochDay(),
            units,
            true));
  }

  /** Returns a date of the period. */
  private LocalDate period() {
    if (fields.has(PERIOD_START)) {
      return LocalDate.ofEpochDay(fields.dateOf(fields.time(PERIOD_START)));
    }
    if (!fields.has(YEAR)) {
      fields.rejectMissing(PERIOD_START);
    }
    long year = fields.number(YEAR, 0);
    if (year < SaleParser.EARLIEST.getYear() || year >= SaleParser.LATEST.getYear()) {
      fields.reject(RejectCode.DATE_OUT_OF_RANGE, YEAR);
    }
    long month = fields.number(MONTH, 0);
    if (month < 1 || month > 12) {
      fields.reject(RejectCode.BAD_DATE, MONTH);
    }
    return fields.isSound() ? LocalDate.of((int) year, (int) month, 1) : LocalDate.EPOCH;
  }

  private static LocalDate start(LocalDate within, String grain) {
    return switch (grain) {
      case "week" -> BusinessInterval.weekStart(within);
      case "month" -> within.withDayOfMonth(1);
      case "quarter" -> within.with(IsoFields.DAY_OF_QUARTER, 1);
      case "year" -> within.withDayOfYear(1);
      default -> within;
    };
  }

  private static LocalDate end(LocalDate start, String grain) {
    return switch (grain) {
      case "week" -> start.plusDays(6);
      case "month" -> start.plusMonths(1).minusDays(1);
      case "quarter" -> start.plusMonths(3).minusDays(1);
      case "year" -> start.plusYears(1).minusDays(1);
      default -> start;
    };
  }

  private String model(String spelledMake, String make, String spelled) {
    if (RecordFields.isNone(spelled)) {
      return spelled.equals(MarketParser.ALL) || RecordFields.isNone(make)
          ? spelled
          : make + " " + spelled;
    }
    String model = spelled;
    for (String prefix : List.of(spelledMake, make)) {
      if (model.startsWith(prefix + " ")) {
        model = model.substring(prefix.length() + 1);
      }
    }
    return fields.mapped(
        names.models(), MODEL, RecordFields.isNone(make) ? model : make + " " + model);
  }
}
