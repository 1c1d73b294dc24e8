package io.autopulse.domain.feed.parse;

import io.autopulse.domain.feed.FeedFormat;
import io.autopulse.domain.feed.RawFields;
import io.autopulse.domain.feed.Rejection;
import io.autopulse.domain.feed.value.DateHorizon;
import io.autopulse.domain.market.MarketNames;
import io.autopulse.domain.market.Observation;
import io.autopulse.domain.problem.InputException;
import java.util.List;

/**
 * Makes a raw record of a market feed observations of figures, by the rules of its feed. Names are
 * mapped by the manifest's tables: a make, model, region, powertrain or fuel that they do not know
 * stays under its own name, and is reported; a page or post about no known topic is rejected. What
 * the record holds of people goes no further: a text is scored, an id is hashed. One parser belongs
 * to one header and one thread.
 */
public final class MarketParser {
  /** A member of all: what a feed does not tell apart. */
  public static final String ALL = "ALL";

  /** The lengths of a period. */
  public static final List<String> GRAINS = List.of("day", "week", "month", "quarter", "year");

  /** The highest plausible price of a litre, in ten thousandths. */
  static final long HIGHEST_FUEL_PRICE = 100_0000;

  /** The highest plausible count of a record. */
  static final long HIGHEST_COUNT = 1_000_000_000_000L;

  private final RecordFields fields;
  private final Rules rules;

  /** Takes a name that the manifest's mappings do not know. */
  @FunctionalInterface
  public interface Unmapped {
    /** Takes the name of a field, as a member name. */
    void name(String field, String name);
  }

  /** The rules of one feed. */
  @FunctionalInterface
  interface Rules {
    /**
     * Returns what the record at hand says; anything if it breaks a rule, which the fields
     * remember.
     */
    List<Observation> read();
  }

  private MarketParser(RecordFields fields, Rules rules) {
    this.fields = fields;
    this.rules = rules;
  }

  /**
   * Makes the parser of a feed's records with a header.
   *
   * @param place the file, for messages about the header
   * @param horizon how far ahead of now dates may lie
   * @throws InputException if the header lacks a column that is needed
   */
  public static MarketParser of(
      FeedFormat format,
      MarketNames names,
      List<String> header,
      String place,
      DateHorizon horizon) {
    RecordFields fields = new RecordFields(format, header, place, horizon);
    Rules rules =
        switch (format.feed()) {
          case FUEL_PRICES -> new FuelPriceRules(fields, names, format.currency());
          case REGISTRATIONS -> new RegistrationRules(fields, names, place);
          case ATTENTION -> new AttentionRules(fields, names);
          case SOCIAL -> new PostRules(fields, names);
          case SALES, VEHICLES, DEALERS, TARGETS ->
              throw new IllegalStateException(format.feed() + " is no market feed");
        };
    return new MarketParser(fields, rules);
  }

  /**
   * Reads a record.
   *
   * @param unmapped told of each name that stays as it is although there is a mapping
   */
  public Parsed<List<Observation>> parse(RawFields record, Unmapped unmapped) {
    if (record.count() != fields.width()) {
      return new Parsed.Rejected<>(Rejection.fieldCount(record.count(), fields.width()));
    }
    fields.open(record, unmapped);
    List<Observation> observations = rules.read();
    Rejection rejection = fields.rejection();
    return rejection == null
        ? new Parsed.Accepted<>(observations)
        : new Parsed.Rejected<>(rejection);
  }
}
