package io.autopulse.domain.feed;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The feeds that a manifest can name, and the fields of their records. */
public enum Feed {
  /** Versions of sales from the ERP or CRM: one record a version. */
  SALES(
      new Field("sale_id", Kind.TEXT, true),
      new Field("updated_at", Kind.TIME, false),
      new Field("sequence", Kind.INTEGER, false),
      new Field("status", Kind.TEXT, true),
      new Field("sold_at", Kind.TIME, true),
      new Field("model_id", Kind.TEXT, false),
      new Field("make", Kind.TEXT, false),
      new Field("model", Kind.TEXT, false),
      new Field("segment", Kind.TEXT, false),
      new Field("powertrain", Kind.TEXT, false),
      new Field("dealer_id", Kind.TEXT, false),
      new Field("region", Kind.TEXT, false),
      new Field("list_price", Kind.MONEY, false),
      new Field("net_price", Kind.MONEY, true),
      new Field("currency", Kind.TEXT, false),
      new Field("channel", Kind.TEXT, false),
      new Field("source", Kind.TEXT, false)),
  /** Reference data: one record a model of vehicle. */
  VEHICLES(
      new Field("model_id", Kind.TEXT, true),
      new Field("make", Kind.TEXT, true),
      new Field("model", Kind.TEXT, true),
      new Field("segment", Kind.TEXT, false),
      new Field("powertrain", Kind.TEXT, false),
      new Field("list_price", Kind.MONEY, false),
      new Field("launched_on", Kind.TIME, false),
      new Field("discontinued_on", Kind.TIME, false),
      new Field("successor", Kind.TEXT, false),
      new Field("updated_at", Kind.TIME, false)),
  /** Reference data: one record a dealer. */
  DEALERS(
      new Field("dealer_id", Kind.TEXT, true),
      new Field("dealer_name", Kind.TEXT, false),
      new Field("region", Kind.TEXT, false),
      new Field("updated_at", Kind.TIME, false)),
  /**
   * Sales targets: one record a month, or a part of it: a dealer, a make, a model, or several of
   * them.
   */
  TARGETS(
      new Field("month", Kind.TIME, true),
      new Field("dealer_id", Kind.TEXT, false),
      new Field("make", Kind.TEXT, false),
      new Field("model", Kind.TEXT, false),
      new Field("units", Kind.INTEGER, true),
      new Field("revenue", Kind.MONEY, false),
      new Field("currency", Kind.TEXT, false),
      new Field("updated_at", Kind.TIME, false)),
  /** Market data: one record a price that a station told. */
  FUEL_PRICES(
      new Field("station_id", Kind.TEXT, true),
      new Field("fuel", Kind.TEXT, true),
      new Field("region", Kind.TEXT, false),
      new Field("price_at", Kind.TIME, true),
      new Field("price", Kind.DECIMAL, true),
      new Field("currency", Kind.TEXT, false),
      new Field(Market.EXTRACTED_AT, Kind.TIME, false)),
  /** Market data: one record a count of registered vehicles, of every make, in a period. */
  REGISTRATIONS(
      new Field("period_start", Kind.TIME, false),
      new Field("year", Kind.INTEGER, false),
      new Field("month", Kind.INTEGER, false),
      new Field("period_grain", Kind.TEXT, true),
      new Field("region", Kind.TEXT, false),
      new Field("make", Kind.TEXT, false),
      new Field("model", Kind.TEXT, false),
      new Field("powertrain", Kind.TEXT, false),
      new Field("registrations", Kind.INTEGER, true),
      new Field("record_id", Kind.TEXT, false),
      new Field(Market.EXTRACTED_AT, Kind.TIME, false),
      new Field(Market.EXTRACT, Kind.TEXT, false)),
  /** Market data: one record the views of a page on a day. */
  ATTENTION(
      new Field("day", Kind.TIME, true),
      new Field("source", Kind.TEXT, true),
      new Field("topic", Kind.TEXT, true),
      new Field("views", Kind.INTEGER, true),
      new Field("record_id", Kind.TEXT, false),
      new Field(Market.EXTRACTED_AT, Kind.TIME, false)),
  /** Market data: one record a post. */
  SOCIAL(
      new Field("post_id", Kind.TEXT, true),
      new Field("posted_at", Kind.TIME, true),
      new Field("source", Kind.TEXT, true),
      new Field("text", Kind.TEXT, true),
      new Field("topic", Kind.TEXT, false),
      new Field(Market.EXTRACTED_AT, Kind.TIME, false));

  /** The feeds of sales and their reference data: those of a live job. */
  public static final List<Feed> OF_SALES = List.of(SALES, VEHICLES, DEALERS);

  /** The feeds of a refresh. */
  public static final List<Feed> OF_REFRESH = List.of(SALES, VEHICLES, DEALERS, TARGETS);

  /** The feeds of market data. */
  public static final List<Feed> OF_MARKET = List.of(FUEL_PRICES, REGISTRATIONS, ATTENTION, SOCIAL);

  /** The feeds of market data that trend features are made of. */
  public static final List<Feed> OF_TRENDS = List.of(FUEL_PRICES, ATTENTION, SOCIAL);

  private static final List<String> OF_TARGETS = List.of("dealer_id", "make", "model");

  private final List<Field> fields;

  Feed(Field... fields) {
    this.fields = List.of(fields);
  }

  /** Returns the fields in the order of the core table. */
  public List<Field> fields() {
    return fields;
  }

  /** Returns the field of that name, if the feed has it. */
  public Optional<Field> field(String name) {
    return fields.stream().filter(f -> f.name().equals(name)).findFirst();
  }

  /**
   * Returns the fields that divide the figures of a market feed, or the targets: where it does not
   * give one, its figures are of all.
   */
  public List<Field> divisions() {
    if (this != TARGETS && !OF_MARKET.contains(this)) {
      return List.of();
    }
    List<String> dividing = this == TARGETS ? OF_TARGETS : Market.DIVISIONS;
    return fields.stream().filter(field -> dividing.contains(field.name())).toList();
  }

  /** Returns the position of the named field in {@link #fields()}, or -1. */
  public int indexOf(String name) {
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /** Returns the name that manifests and {@code rejected_records} use. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Names that the fields of several market feeds share. */
  public static final class Market {
    /** When the record was extracted from its source: the moment of knowledge. */
    public static final String EXTRACTED_AT = "extracted_at";

    /** What an extraction has: {@code whole}, {@code periods} or {@code changes}. */
    public static final String EXTRACT = "extract";

    private static final List<String> DIVISIONS = List.of("region", "make", "model", "powertrain");

    private Market() {}
  }

  /** What a field's text holds. */
  public enum Kind {
    /** A name, a code or a free text. */
    TEXT,
    /** A date, or a date with a time of day. */
    TIME,
    /** A whole number. */
    INTEGER,
    /** An amount of money with at most two decimals. */
    MONEY,
    /** A number with at most four decimals. */
    DECIMAL
  }

  /**
   * A field of a feed's records.
   *
   * @param name the name in manifests and tables
   * @param kind what its text holds
   * @param required whether a record without it is rejected
   */
  public record Field(String name, Kind kind, boolean required) {}
}
