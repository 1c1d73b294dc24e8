package io.autopulse.domain.feed.parse;

import io.autopulse.domain.feed.Feed;
import io.autopulse.domain.feed.FeedFormat;
import io.autopulse.domain.feed.FieldBinding;
import io.autopulse.domain.feed.RawFields;
import io.autopulse.domain.feed.Rejection;
import io.autopulse.domain.feed.value.DateHorizon;
import io.autopulse.domain.feed.value.DressedNumber;
import io.autopulse.domain.feed.value.NumberParser;
import io.autopulse.domain.feed.value.TimeParser;
import io.autopulse.domain.problem.InputException;
import io.autopulse.domain.problem.RejectCode;
import io.autopulse.domain.sale.BusinessClock;
import io.autopulse.domain.sale.SaleStatus;
import io.autopulse.domain.sale.Ties;
import io.autopulse.domain.sale.block.Dictionary;
import io.autopulse.domain.sale.block.SaleDraft;
import io.autopulse.domain.sale.block.SaleLayout;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules that make a raw record of the sales feed a sale version. The first broken rule rejects
 * the record:
 *
 * <ul>
 *   <li>{@code sale_id}, {@code sold_at}, {@code net_price} and {@code status} are there; {@code
 *       updated_at} is {@code sold_at} and {@code sequence} 0 where a feed has none; {@code
 *       sequence} is the record's position if the feed's {@link Ties} say so;
 *   <li>times are days of the calendar, from {@link #EARLIEST} to {@link #LATEST}, and not further
 *       ahead of now than a {@link DateHorizon} allows;
 *   <li>the id is none that a spreadsheet took for a number;
 *   <li>the net price of what is sold is above zero; that of a cancelled or returned sale may be a
 *       credit note's, whose sign is dropped; the list price is not below zero, neither price
 *       beyond {@link #HIGHEST_PRICE};
 *   <li>the currency, if given, is the reporting currency; the status one of {@link SaleStatus};
 *   <li>texts are no longer than their columns and hold no control character.
 * </ul>
 *
 * One parser belongs to one header and one thread.
 */
public final class SaleParser {
  /** The first plausible date of a sale or a version. */
  public static final LocalDate EARLIEST = LocalDate.of(1980, 1, 1);

  /** The date after the last plausible one. */
  public static final LocalDate LATEST = LocalDate.of(2100, 1, 1);

  /**
   * The highest plausible price, in cents: 100 million. The sum of 900 million such sales still
   * fits 64 bits.
   */
  public static final long HIGHEST_PRICE = 100_000_000_00L;

  private static final long HIGHEST_SEQUENCE = 999_999_999_999_999_999L;

  private static final int SALE_ID = Feed.SALES.indexOf("sale_id");
  private static final int UPDATED_AT = Feed.SALES.indexOf("updated_at");
  private static final int SEQUENCE = Feed.SALES.indexOf("sequence");
  private static final int STATUS = Feed.SALES.indexOf("status");
  private static final int SOLD_AT = Feed.SALES.indexOf("sold_at");
  private static final int MODEL_ID = Feed.SALES.indexOf("model_id");
  private static final int MAKE = Feed.SALES.indexOf("make");
  private static final int MODEL = Feed.SALES.indexOf("model");
  private static final int SEGMENT = Feed.SALES.indexOf("segment");
  private static final int POWERTRAIN = Feed.SALES.indexOf("powertrain");
  private static final int DEALER_ID = Feed.SALES.indexOf("dealer_id");
  private static final int REGION = Feed.SALES.indexOf("region");
  private static final int LIST_PRICE = Feed.SALES.indexOf("list_price");
  private static final int NET_PRICE = Feed.SALES.indexOf("net_price");
  private static final int CURRENCY = Feed.SALES.indexOf("currency");
  private static final int CHANNEL = Feed.SALES.indexOf("channel");
  private static final int SOURCE = Feed.SALES.indexOf("source");

  private static final long EARLIEST_MICROS = micros(EARLIEST);
  private static final long LATEST_MICROS = micros(LATEST);
  private static final SaleStatus[] STATUSES = SaleStatus.values();
  private static final char[][] STATUS_NAMES = new char[STATUSES.length][];

  static {
    for (int i = 0; i < STATUSES.length; i++) {
      STATUS_NAMES[i] = STATUSES[i].name().toCharArray();
    }
  }

  private final FieldBinding binding;
  private final TimeParser updatedAt;
  private final TimeParser soldAt;
  private final NumberParser money;
  private final boolean byPosition;
  private final DateHorizon horizon;
  private final BusinessClock clock;
  private final char[] currency;
  private final TermCache vehicles;
  private final TermCache outlets;
  private final TermCache provenance;

  /**
   * Makes a parser of records with a header.
   *
   * @param format how the feed writes its records
   * @param header the names of the columns
   * @param dictionaries where vehicles, outlets and provenance get their codes, as {@link
   *     SaleLayout} numbers them
   * @param place the file, for messages about the header
   * @param horizon how far ahead of now dates may lie
   * @throws InputException if the header lacks a column that is needed
   */
  public SaleParser(
      FeedFormat format,
      List<String> header,
      Dictionary[] dictionaries,
      String place,
      DateHorizon horizon) {
    binding = new FieldBinding(format, header, place);
    updatedAt = format.timeParser("updated_at");
    soldAt = format.timeParser("sold_at");
    money = new NumberParser(format.decimal(), format.grouping(), format.currency());
    byPosition = format.ties() == Ties.POSITION;
    this.horizon = horizon;
    clock = new BusinessClock(format.businessZone());
    currency = format.currency().toCharArray();
    vehicles =
        new TermCache(
            dictionaries[SaleLayout.VEHICLE], true, MODEL_ID, MAKE, MODEL, SEGMENT, POWERTRAIN);
    outlets = new TermCache(dictionaries[SaleLayout.OUTLET], true, DEALER_ID, REGION);
    provenance = new TermCache(dictionaries[SaleLayout.PROVENANCE], false, CHANNEL, SOURCE);
  }

  /** Makes a parser that takes every plausible date. */
  public SaleParser(
      FeedFormat format, List<String> header, Dictionary[] dictionaries, String place) {
    this(format, header, dictionaries, place, DateHorizon.NONE);
  }

  /** Reads a record whose position is not known: it is 0. */
  public @Nullable Rejection parse(RawFields record, SaleDraft sale) {
    return parse(record, 0, sale);
  }

  /**
   * Reads a record into the draft.
   *
   * @param position the line of its file or the offset of its message
   * @return why it is rejected, or null if it is accepted
   */
  public @Nullable Rejection parse(RawFields record, long position, SaleDraft sale) {
    if (record.count() != binding.width()) {
      return Rejection.fieldCount(record.count(), binding.width());
    }
    Rejection rejection = parseIdentity(record, sale);
    if (rejection == null) {
      rejection = parseTimes(record, position, sale);
    }
    if (rejection == null) {
      rejection = parseStatus(record, sale);
    }
    if (rejection == null) {
      rejection = parsePrices(record, sale);
    }
    return rejection == null ? parseTerms(record, sale) : rejection;
  }

  /**
   * Returns the id of the sale that a rejected record names; null if it cannot be told, is none, or
   * must not be shown.
   */
  public @Nullable String saleId(RawFields record) {
    boolean shown =
        record.count() == binding.width()
            && !binding.isSensitive(SALE_ID)
            && binding.select(record, SALE_ID);
    if (!shown) {
      return null;
    }
    String id = binding.value();
    return MemberText.broken(id, MemberText.ID_LENGTH) == null ? id : null;
  }

  private @Nullable Rejection parseIdentity(RawFields record, SaleDraft sale) {
    if (!binding.select(record, SALE_ID)) {
      return binding.missing(SALE_ID);
    }
    char[] text = binding.text();
    boolean sound = binding.to() - binding.from() <= MemberText.ID_LENGTH;
    for (int i = binding.from(); sound && i < binding.to(); i++) {
      // What is not plain ASCII is looked at again.
      sound = text[i] >= ' ' && text[i] <= '~';
    }
    if (!sound) {
      RejectCode broken = MemberText.broken(binding.value(), MemberText.ID_LENGTH);
      if (broken != null) {
        return binding.reject(broken, SALE_ID);
      }
    }
    if (isSpreadsheetNumber(text)) {
      return binding.reject(RejectCode.BAD_ID, SALE_ID);
    }
    sale.setId(text, binding.from(), binding.to());
    return null;
  }

  // Few ids have an exponent's sign: only those are looked at more closely.
  private boolean isSpreadsheetNumber(char[] text) {
    for (int i = binding.from() + 2; i < binding.to(); i++) {
      if ((text[i] == '+' || text[i] == '-') && (text[i - 1] == 'E' || text[i - 1] == 'e')) {
        return MemberText.isBrokenId(binding.value());
      }
    }
    return false;
  }

  private @Nullable Rejection parseTimes(RawFields record, long position, SaleDraft sale) {
    if (!binding.select(record, SOLD_AT)) {
      return binding.missing(SOLD_AT);
    }
    sale.soldAt = soldAt.parse(binding.text(), binding.from(), binding.to());
    RejectCode broken = implausibleTime(sale.soldAt);
    if (broken != null) {
      return binding.reject(broken, SOLD_AT);
    }
    sale.soldOn = clock.dateOf(sale.soldAt);
    sale.updatedAt = sale.soldAt;
    if (binding.select(record, UPDATED_AT)) {
      sale.updatedAt = updatedAt.parse(binding.text(), binding.from(), binding.to());
      broken = implausibleTime(sale.updatedAt);
      if (broken != null) {
        return binding.reject(broken, UPDATED_AT);
      }
    }
    sale.sequence = byPosition ? position : 0;
    if (!byPosition && binding.select(record, SEQUENCE)) {
      sale.sequence = binding.number(money, 0);
      if (sale.sequence < 0 || sale.sequence > HIGHEST_SEQUENCE) {
        return binding.reject(RejectCode.BAD_NUMBER, SEQUENCE);
      }
    }
    return null;
  }

  private @Nullable RejectCode implausibleTime(long micros) {
    RejectCode broken = brokenTime(micros);
    return broken == null && horizon.isBeyond(micros) ? RejectCode.FUTURE_DATE : broken;
  }

  /** Returns the code of the rule that a moment breaks, or null. */
  static @Nullable RejectCode brokenTime(long micros) {
    if (micros == TimeParser.NOT_A_TIME) {
      return RejectCode.BAD_DATE;
    }
    return micros < EARLIEST_MICROS || micros >= LATEST_MICROS
        ? RejectCode.DATE_OUT_OF_RANGE
        : null;
  }

  private @Nullable Rejection parseStatus(RawFields record, SaleDraft sale) {
    if (!binding.select(record, STATUS)) {
      return binding.missing(STATUS);
    }
    for (int i = 0; i < STATUSES.length; i++) {
      if (selectedIs(STATUS_NAMES[i])) {
        sale.status = STATUSES[i];
        return null;
      }
    }
    return binding.reject(RejectCode.UNKNOWN_STATUS, STATUS);
  }

  private boolean selectedIs(char[] upperCase) {
    int from = binding.from();
    if (binding.to() - from != upperCase.length) {
      return false;
    }
    for (int i = 0; i < upperCase.length; i++) {
      char c = binding.text()[from + i];
      if (c != upperCase[i] && (c < 'a' || c > 'z' || c - 32 != upperCase[i])) {
        return false;
      }
    }
    return true;
  }

  private @Nullable Rejection parsePrices(RawFields record, SaleDraft sale) {
    if (!binding.select(record, NET_PRICE)) {
      return binding.missing(NET_PRICE);
    }
    long netPrice = binding.number(money, 2);
    RejectCode noAmount = NumberParser.broken(netPrice);
    if (noAmount != null) {
      return binding.reject(noAmount, NET_PRICE);
    }
    if (sale.status == SaleStatus.SOLD && netPrice <= 0) {
      return binding.reject(RejectCode.PRICE_NOT_POSITIVE, NET_PRICE);
    }
    // A credit note's amount is negative; the status says already that the sale counts no more.
    sale.netPrice = Math.abs(netPrice);
    if (sale.netPrice > HIGHEST_PRICE) {
      return binding.reject(RejectCode.PRICE_OUT_OF_RANGE, NET_PRICE);
    }
    sale.listPrice = SaleLayout.NO_PRICE;
    if (binding.select(record, LIST_PRICE)) {
      sale.listPrice = binding.number(money, 2);
      RejectCode broken = brokenListPrice(sale.listPrice);
      if (broken != null) {
        return binding.reject(broken, LIST_PRICE);
      }
    }
    if (binding.select(record, CURRENCY) && !selectedIs(currency)) {
      return binding.reject(otherCurrency(binding.value()), CURRENCY);
    }
    return null;
  }

  /** Returns the code of the rule that a currency breaks which is not the reporting one. */
  static RejectCode otherCurrency(String currency) {
    return DressedNumber.isCode(currency)
        ? RejectCode.FOREIGN_CURRENCY
        : RejectCode.UNKNOWN_CURRENCY;
  }

  /** Returns the code of the rule that a list price in cents breaks, or null. */
  static @Nullable RejectCode brokenListPrice(long cents) {
    RejectCode noAmount = NumberParser.broken(cents);
    if (noAmount != null) {
      return noAmount;
    }
    if (cents < 0) {
      return RejectCode.NEGATIVE_LIST_PRICE;
    }
    return cents > HIGHEST_PRICE ? RejectCode.PRICE_OUT_OF_RANGE : null;
  }

  private @Nullable Rejection parseTerms(RawFields record, SaleDraft sale) {
    int vehicle = vehicles.code(binding, record);
    if (vehicle < 0) {
      return vehicles.rejection();
    }
    int outlet = outlets.code(binding, record);
    if (outlet < 0) {
      return outlets.rejection();
    }
    int origin = provenance.code(binding, record);
    if (origin < 0) {
      return provenance.rejection();
    }
    sale.codes[SaleLayout.VEHICLE] = vehicle;
    sale.codes[SaleLayout.OUTLET] = outlet;
    sale.codes[SaleLayout.PROVENANCE] = origin;
    return null;
  }

  private static long micros(LocalDate date) {
    return date.atStartOfDay(ZoneOffset.UTC).toEpochSecond() * 1_000_000;
  }
}
