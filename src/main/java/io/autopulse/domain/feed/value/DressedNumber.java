package io.autopulse.domain.feed.value;

import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Amounts with what people and accounting programs write around them: the sign after the number
 * (17900-), parentheses for a negative one, the currency's sign or ISO code before or after, blanks
 * between. A currency that is not the reporting one is told apart from a text that is no number.
 */
public final class DressedNumber {
  private static final Set<String> CODES =
      Currency.getAvailableCurrencies().stream()
          .map(Currency::getCurrencyCode)
          .collect(Collectors.toUnmodifiableSet());

  /** The currencies that a sign stands for. Upper case. */
  private static final Map<String, Set<String>> SIGNS =
      Map.ofEntries(
          Map.entry("€", Set.of("EUR")),
          Map.entry("EURO", Set.of("EUR")),
          Map.entry(
              "$",
              Set.of("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "MXN", "ARS", "CLP", "COP")),
          Map.entry("US$", Set.of("USD")),
          Map.entry("£", Set.of("GBP", "EGP")),
          Map.entry("¥", Set.of("JPY", "CNY")),
          Map.entry("₺", Set.of("TRY")),
          Map.entry("TL", Set.of("TRY")),
          Map.entry("₹", Set.of("INR")),
          Map.entry("₽", Set.of("RUB")),
          Map.entry("₴", Set.of("UAH")),
          Map.entry("₩", Set.of("KRW")),
          Map.entry("R$", Set.of("BRL")),
          Map.entry("ZŁ", Set.of("PLN")),
          Map.entry("KČ", Set.of("CZK")),
          Map.entry("FT", Set.of("HUF")),
          Map.entry("LEI", Set.of("RON")),
          Map.entry("FR", Set.of("CHF")),
          Map.entry("FR.", Set.of("CHF")),
          Map.entry("SFR", Set.of("CHF")),
          Map.entry("SFR.", Set.of("CHF")),
          Map.entry("KR", Set.of("SEK", "NOK", "DKK", "ISK")),
          Map.entry("KR.", Set.of("DKK", "SEK", "NOK", "ISK")));

  private final String reporting;

  /**
   * Makes a reader of amounts.
   *
   * @param reporting the currency that amounts must be in, ISO 4217
   */
  DressedNumber(String reporting) {
    this.reporting = reporting;
  }

  /** Tells whether a text is an ISO 4217 code, in any case. */
  public static boolean isCode(String text) {
    return CODES.contains(text.toUpperCase(Locale.ROOT));
  }

  /** Returns the amount at a scale, or what {@link NumberParser#parse} returns for none. */
  long parse(NumberParser numbers, char[] text, int start, int end, int scale) {
    int from = start;
    int to = end;
    boolean signed = false;
    boolean negative = false;
    boolean foreign = false;
    boolean hasCurrency = false;
    while (from < to) {
      char first = text[from];
      char last = text[to - 1];
      if (isBlank(first)) {
        from++;
      } else if (isBlank(last)) {
        to--;
      } else if (!signed && first == '(' && last == ')') {
        signed = true;
        negative = true;
        from++;
        to--;
      } else if (!signed && isSign(first)) {
        signed = true;
        negative = first != '+';
        from++;
      } else if (!signed && isSign(last)) {
        signed = true;
        negative = last != '+';
        to--;
      } else {
        int before = from;
        int after = to;
        while (before < to && isOfCurrency(text[before])) {
          before++;
        }
        while (after > from && isOfCurrency(text[after - 1])) {
          after--;
        }
        boolean leads = before > from;
        if (leads && before < to && text[before] == '.') {
          // The point of an abbreviation, as in Fr.
          before++;
        }
        if (leads == after < to || hasCurrency || before >= to) {
          break;
        }
        String sign =
            leads ? new String(text, from, before - from) : new String(text, after, to - after);
        String upper = sign.toUpperCase(Locale.ROOT);
        Set<String> meant =
            SIGNS.getOrDefault(upper, CODES.contains(upper) ? Set.of(upper) : Set.of());
        if (meant.isEmpty()) {
          return NumberParser.NOT_A_NUMBER;
        }
        hasCurrency = true;
        foreign = !meant.contains(reporting);
        from = leads ? before : from;
        to = leads ? to : after;
      }
    }
    if (from >= to || (!signed && !hasCurrency) || isSign(text[from])) {
      return NumberParser.NOT_A_NUMBER;
    }
    long number = numbers.plain(text, from, to, scale);
    if (number == NumberParser.NOT_A_NUMBER) {
      return number;
    }
    return foreign ? NumberParser.FOREIGN_CURRENCY : negative ? -number : number;
  }

  private static boolean isSign(char c) {
    return c == '-' || c == '+' || c == '\u2212';
  }

  private static boolean isBlank(char c) {
    return c == ' ' || Character.isSpaceChar(c);
  }

  private static boolean isOfCurrency(char c) {
    return Character.isLetter(c) || Character.getType(c) == Character.CURRENCY_SYMBOL;
  }
}
