package io.autopulse.domain.feed.value;

import static java.time.Duration.ofSeconds;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberParserTest {
  private static final NumberParser PLAIN = new NumberParser('.', NumberParser.NO_GROUPING, "EUR");

  private static long cents(NumberParser parser, String text) {
    char[] padded = ("7" + text + "7").toCharArray();
    return parser.parse(padded, 1, padded.length - 1, 2);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 100",
    "20000, 2000000",
    "20000., 2000000",
    ".5, 50",
    "0.05, 5",
    "19999.9, 1999990",
    "19999.99, 1999999",
    "+12.30, 1230",
    "-12.30, -1230",
    "000012, 1200",
    "1e3, 100000",
    "1.5E+2, 15000",
    "-2e-2, -2",
    "1234e-2, 1234",
    "92233720368547749, 9223372036854774900"
  })
  void amountIsItsCents(String text, long cents) {
    assertThat(cents(PLAIN, text), is(cents));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "+",
        ".",
        "-.",
        "abc",
        "12a",
        "1 000",
        "1,000",
        "1.234",
        "1.2.3",
        "--1",
        "1e",
        "e5",
        "1e-3",
        "0x10",
        "\u0661",
        "1e16",
        "1e99999999999",
        "1e-99",
        "92233720368547759",
        "922337203685477580000",
        "99999999999999999999999"
      })
  void noOtherTextIsAnAmount(String text) {
    assertThat(cents(PLAIN, text), is(NumberParser.NOT_A_NUMBER));
  }

  @Test
  void groupingAndDecimalFollowTheFeed() {
    NumberParser french = new NumberParser(',', '\u202f', "EUR");
    assertThat(cents(french, "19\u202f999,90"), is(1_999_990L));
    assertThat(cents(french, "19999,9"), is(1_999_990L));
    assertThat(cents(french, "19.999"), is(NumberParser.NOT_A_NUMBER));
    assertThat(cents(french, "1,9\u202f99"), is(NumberParser.NOT_A_NUMBER));
    assertThat(cents(french, "1,5e3"), is(NumberParser.NOT_A_NUMBER));
    NumberParser english = new NumberParser('.', ',', "EUR");
    assertThat(cents(english, "1,234,567.89"), is(123_456_789L));
    assertThat(cents(english, "-1,000"), is(-100_000L));
    assertThat(cents(english, ","), is(NumberParser.NOT_A_NUMBER));
    assertThat(cents(english, "1.2,3"), is(NumberParser.NOT_A_NUMBER));
  }

  @Test
  void noGroupingIsNoCharacter() {
    assertThat(cents(PLAIN, "1\u00002"), is(NumberParser.NOT_A_NUMBER));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e2147483647",
        "123e2147483645",
        "12e2147483646",
        "1e-2147483647",
        "1e1000000000"
      })
  void hugeExponentIsRefusedAtOnce(String text) {
    assertThat(
        assertTimeoutPreemptively(ofSeconds(5), () -> cents(PLAIN, text)),
        is(NumberParser.NOT_A_NUMBER));
  }

  @ParameterizedTest
  @CsvSource({
    "20.000, 2000000",
    "17.900, 1790000",
    "'1.234.567,89', 123456789",
    "'17900,00', 1790000",
    "'-1.000,5', -100050",
    "999, 99900"
  })
  void pointsBetweenThousandsAreGroupsOfThree(String text, long cents) {
    assertThat(cents(new NumberParser(',', '.', "EUR"), text), is(cents));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "26400.00",
        "18250.5",
        "1.2.3",
        "1.00",
        "26.40",
        "1234.567",
        "1.234.56",
        ".123",
        "1..234",
        "1.234.",
        "0.500",
        "012.500",
        "1,234.567",
        "1.5e3",
        "20.000,000,5"
      })
  void pointThatIsNotBetweenThousandsMakesNoNumber(String text) {
    assertThat(cents(new NumberParser(',', '.', "EUR"), text), is(NumberParser.NOT_A_NUMBER));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1,00", "26400,50", "12,34", "1,00,000", "1,2345"})
  void commaThatIsNotBetweenThousandsMakesNoNumber(String text) {
    assertThat(cents(new NumberParser('.', ',', "EUR"), text), is(NumberParser.NOT_A_NUMBER));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "17 900,00",
        "17\u00A0900,00",
        "17\u202F900,00",
        "17\u2009900,00",
        "17\u00A0900,00\u00A0\u20AC"
      })
  void everySpaceIsTheSameGroupingMark(String text) {
    assertThat(cents(new NumberParser(',', ' ', "EUR"), text), is(1_790_000L));
    assertThat(cents(new NumberParser(',', '\u202F', "EUR"), text), is(1_790_000L));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1'234'567.50", "1\u2019234\u2019567.50", "CHF 1'234'567.50"})
  void everyApostropheIsTheSameGroupingMark(String text) {
    assertThat(cents(new NumberParser('.', '\'', "CHF"), text), is(123_456_750L));
  }

  @ParameterizedTest
  @CsvSource({
    "20000.0000, 2000000",
    "20000.5000, 2000050",
    "0.500, 50",
    "1234.500, 123450",
    "5.0000, 500"
  })
  void zerosBeyondTheCentsAreTheSameAmount(String text, long cents) {
    assertThat(cents(PLAIN, text), is(cents));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"20.000", "1.000", "999.990", "-12.000", "20000.505", "17999.990000000002"})
  void decimalsThatMayBeThousandsOrAreNoCentsAreRefused(String text) {
    assertThat(cents(PLAIN, text), is(NumberParser.NOT_A_NUMBER));
  }

  @Test
  void declaredGroupingTellsThatAPointIsBeforeDecimals() {
    assertThat(cents(new NumberParser('.', ',', "EUR"), "20.000"), is(2_000L));
  }

  @ParameterizedTest
  @CsvSource({
    "17900-, -1790000",
    "17900.00 -, -1790000",
    "(17900.00), -1790000",
    "( 17900.00 ), -1790000",
    "\u221217900, -1790000",
    "- 17900, -1790000",
    "17900+, 1790000",
    "€17900.00, 1790000",
    "€ 17900.00, 1790000",
    "17900 EUR, 1790000",
    "17900eur, 1790000",
    "EUR 17900, 1790000",
    "-€17900, -1790000",
    "€-17900, -1790000",
    "(17900 €), -1790000",
    "17900.00- EUR, -1790000"
  })
  void signsAndTheReportingCurrencyAreUnderstood(String text, long cents) {
    assertThat(cents(PLAIN, text), is(cents));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$17900",
        "17900 USD",
        "£ 17900",
        "CHF 17900",
        "17900 kr",
        "Fr. 17900",
        "US$17900"
      })
  void anotherCurrencyIsNotTakenForTheReportingOne(String text) {
    assertThat(cents(PLAIN, text), is(NumberParser.FOREIGN_CURRENCY));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(-17900)",
        "-17900-",
        "--17900",
        "(17900",
        "€17900€",
        "17900 EUR EUR",
        "17900 cars",
        "NaN",
        "Infinity",
        "-Infinity",
        "#REF!",
        "HoSA",
        "12a",
        "EUR",
        "()"
      })
  void otherDressIsNoAmount(String text) {
    assertThat(cents(PLAIN, text), is(NumberParser.NOT_A_NUMBER));
  }

  @ParameterizedTest
  @CsvSource({"12, 12", "12.0, 12", "12.00, 12", "1234.000, 1234", "+5, 5", "-5, -5", "5e2, 500"})
  void wholeNumberMayHaveADecimalPartOfZeros(String text, long number) {
    assertThat(whole(PLAIN, text), is(number));
  }

  @ParameterizedTest
  @ValueSource(strings = {"12.000", "5.000", "7.162", "1.5", "5-", "(5)", "5 EUR"})
  void countWithAMarkBetweenThousandsThatIsNotDeclaredIsRefused(String text) {
    assertThat(whole(PLAIN, text), is(NumberParser.NOT_A_NUMBER));
  }

  @Test
  void countFollowsTheDeclaredMarks() {
    assertThat(whole(new NumberParser(',', '.', "EUR"), "12.000"), is(12_000L));
    assertThat(whole(new NumberParser('.', ',', "EUR"), "1,234,567"), is(1_234_567L));
  }

  @Test
  void threeDecimalsOfAPriceOfALitreAreDecimals() {
    char[] text = "1.789".toCharArray();
    assertThat(PLAIN.parse(text, 0, text.length, 4), is(17_890L));
  }

  @ParameterizedTest
  @CsvSource({
    "20000, 2000000",
    "20000.5, 2000050",
    "20000.0000, 2000000",
    "12.000, 1200",
    "2E4, 2000000",
    "20000.000000000004, 2000000",
    "17999.990000000002, 1799999",
    "17999.989999999998, 1799999",
    "-0.1, -10"
  })
  void numberOfJsonIsRoundedOfBinaryNoise(String text, long cents) {
    assertThat(json(text), is(cents));
  }

  @ParameterizedTest
  @ValueSource(strings = {"20000.505", "20000.001", "NaN", "1e400", "1e-400", "92233720368547759"})
  void numberOfJsonWithMoreThanCentsIsRefused(String text) {
    assertThat(json(text), is(NumberParser.NOT_A_NUMBER));
  }

  private static long whole(NumberParser parser, String text) {
    return parser.parse(text.toCharArray(), 0, text.length(), 0);
  }

  private static long json(String text) {
    return NumberParser.json(text.toCharArray(), 0, text.length(), 2);
  }
}
