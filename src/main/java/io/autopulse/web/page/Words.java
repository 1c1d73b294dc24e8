package io.autopulse.web.page;

import io.autopulse.domain.compare.Period;
import io.autopulse.domain.kpi.Dimension.Attribute;
import io.autopulse.web.state.Language;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.MessageFormat;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.IsoFields;
import java.util.Currency;
import java.util.Locale;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/** The words of a language, and its ways to write numbers and dates. */
public final class Words {
  private static final String NOTHING = "–";
  private static final String MINUS = "\u2212";

  private final Language language;
  private final String currency;
  private final ResourceBundle bundle;

  /**
   * Makes the words.
   *
   * @param currency of amounts, by its ISO code; empty if there is none
   */
  public Words(Language language, String currency) {
    this.language = language;
    this.currency = currency;
    bundle =
        ResourceBundle.getBundle(
            "io.autopulse.web.page.messages",
            Locale.forLanguageTag(language.code()),
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
  }

  /** Returns the language. */
  public Language language() {
    return language;
  }

  /** Returns a message, its places filled. */
  public String say(String key, Object... values) {
    MessageFormat format = new MessageFormat(bundle.getString(key), language.locale());
    return format.format(values);
  }

  /** Returns the heading of a column. */
  public String heading(Column column) {
    return say("column." + column.key());
  }

  /** Returns an attribute's name within a sentence. */
  public String attribute(Attribute attribute) {
    return say("attribute." + attribute).toLowerCase(language.locale());
  }

  /** Returns a name that has a message of its own, or else the name itself. */
  public String name(String prefix, String key) {
    return bundle.containsKey(prefix + key) ? bundle.getString(prefix + key) : key;
  }

  /** Writes a value for people. */
  public String write(Column.Kind kind, @Nullable Object value) {
    if (value == null) {
      return NOTHING;
    }
    if (value instanceof String text) {
      return text;
    }
    return switch (kind) {
      case TEXT -> value.toString();
      case COUNT -> number((Number) value, 0, "");
      case AMOUNT, PRICE -> amount((Number) value);
      case SHARE -> percent((Number) value, "");
      case CHANGE -> percent((Number) value, "+");
      case POINTS -> signed(((Number) value).doubleValue() * 100, 2) + say("unit.points");
      case DIFFERENCE -> signed(((Number) value).doubleValue(), 0);
      case NUMBER -> number((Number) value, 3, "");
      case DATE -> date((LocalDate) value);
      case TIME -> time((Instant) value);
    };
  }

  private String signed(double value, int decimals) {
    return number(value, decimals, "+");
  }

  private String percent(Number value, String plus) {
    Number percent =
        value instanceof BigDecimal exact ? exact.movePointRight(2) : value.doubleValue() * 100;
    return number(percent, 1, plus) + (language == Language.FR ? "\u00a0%" : "%");
  }

  private String number(Number value, int decimals, String plus) {
    NumberFormat format = rounding(NumberFormat.getNumberInstance(language.locale()), decimals);
    format.setMinimumFractionDigits(Math.min(decimals, 1));
    String text = format.format(value);
    if (text.startsWith("-")) {
      // A change that rounds to nothing has no direction.
      String size = text.substring(1);
      return size.chars().allMatch(c -> c == '0' || !Character.isDigit(c)) ? size : MINUS + size;
    }
    return value.doubleValue() > 0 ? plus + text : text;
  }

  private String amount(Number value) {
    if (currency.isEmpty()) {
      return number(value, 0, "");
    }
    NumberFormat format = NumberFormat.getCurrencyInstance(language.locale());
    format.setCurrency(Currency.getInstance(currency));
    return rounding(format, 0).format(value).replace("-", MINUS);
  }

  /** Rounds half up, as KPIs are: formats round to even numbers otherwise. */
  private static NumberFormat rounding(NumberFormat format, int decimals) {
    format.setMaximumFractionDigits(decimals);
    format.setRoundingMode(RoundingMode.HALF_UP);
    return format;
  }

  private NumberFormat compact() {
    return rounding(
        NumberFormat.getCompactNumberInstance(language.locale(), NumberFormat.Style.SHORT), 1);
  }

  /** Writes a large amount in a few digits: millions or thousands. */
  public String brief(BigDecimal amount) {
    String symbol =
        currency.isEmpty() ? "" : Currency.getInstance(currency).getSymbol(language.locale());
    String text = compact().format(amount);
    return language == Language.FR ? text + "\u00a0" + symbol : symbol + text;
  }

  /** Writes a mark of an axis: short, and without a unit. */
  public String mark(double value) {
    if (Math.abs(value) >= 10_000) {
      return compact().format(value);
    }
    return rounding(NumberFormat.getNumberInstance(language.locale()), 2).format(value);
  }

  /** Writes a date. */
  public String date(LocalDate date) {
    return DateTimeFormatter.ofPattern("d MMM yyyy", language.locale()).format(date);
  }

  /** Writes a date without its year. */
  public String shortDate(LocalDate date) {
    return DateTimeFormatter.ofPattern("d MMM", language.locale()).format(date);
  }

  /** Writes a moment, in UTC. */
  public String time(Instant time) {
    return DateTimeFormatter.ofPattern("d MMM yyyy HH:mm 'UTC'", language.locale())
        .withZone(ZoneOffset.UTC)
        .format(time);
  }

  /** Writes a moment as clocks of a zone show it, to the second. */
  public String second(Instant time, ZoneId zone) {
    return DateTimeFormatter.ofPattern("d MMM yyyy HH:mm:ss", language.locale())
        .withZone(zone)
        .format(time);
  }

  /** Writes a period. */
  public String period(Period period) {
    LocalDate start = period.start();
    return switch (period.kind()) {
      case DAY -> date(start);
      case WEEK ->
          say(
              "period.week",
              start.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR),
              String.valueOf(start.get(IsoFields.WEEK_BASED_YEAR)));
      case MONTH -> DateTimeFormatter.ofPattern("LLLL yyyy", language.locale()).format(start);
      case QUARTER ->
          say(
              "period.quarter",
              start.get(IsoFields.QUARTER_OF_YEAR),
              String.valueOf(start.getYear()));
      case YEAR -> String.valueOf(start.getYear());
    };
  }

  /** Writes how long something took or is ago, in its largest unit. */
  public String length(Duration duration) {
    if (duration.toDays() > 0) {
      return say("length.days", duration.toDays());
    }
    return duration.toHours() > 0
        ? say("length.hours", duration.toHours())
        : say("length.minutes", duration.toMinutes());
  }
}
