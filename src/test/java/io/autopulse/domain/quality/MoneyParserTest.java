package io.autopulse.domain.quality;

import static java.time.Duration.ofSeconds;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MoneyParserTest {
  private static final MoneyParser PLAIN = new MoneyParser('.', MoneyParser.NO_GROUPING);

  private static long cents(MoneyParser parser, String text) {
    char[] padded = ("7" + text + "7").toCharArray();
    return parser.cents(padded, 1, padded.length - 1);
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
        "1-",
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
    assertThat(cents(PLAIN, text), is(MoneyParser.NOT_AN_AMOUNT));
  }

  @Test
  void groupingAndDecimalFollowTheFeed() {
    MoneyParser french = new MoneyParser(',', '\u202f');
    assertThat(cents(french, "19\u202f999,90"), is(1_999_990L));
    assertThat(cents(french, "19999,9"), is(1_999_990L));
    assertThat(cents(french, "19.999"), is(MoneyParser.NOT_AN_AMOUNT));
    assertThat(cents(french, "1,9\u202f99"), is(MoneyParser.NOT_AN_AMOUNT));
    assertThat(cents(french, "1,5e3"), is(MoneyParser.NOT_AN_AMOUNT));
    MoneyParser english = new MoneyParser('.', ',');
    assertThat(cents(english, "1,234,567.89"), is(123_456_789L));
    assertThat(cents(english, "-1,000"), is(-100_000L));
    assertThat(cents(english, ","), is(MoneyParser.NOT_AN_AMOUNT));
    assertThat(cents(english, "1.2,3"), is(MoneyParser.NOT_AN_AMOUNT));
  }

  @Test
  void noGroupingIsNoCharacter() {
    assertThat(cents(PLAIN, "1\u00002"), is(MoneyParser.NOT_AN_AMOUNT));
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
        is(MoneyParser.NOT_AN_AMOUNT));
  }
}
