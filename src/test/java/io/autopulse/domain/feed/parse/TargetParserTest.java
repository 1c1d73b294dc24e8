package io.autopulse.domain.feed.parse;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.feed.Feed;
import io.autopulse.domain.feed.FeedFormat;
import io.autopulse.domain.feed.RawFields;
import io.autopulse.domain.feed.Rejection;
import io.autopulse.domain.feed.value.NumberParser;
import io.autopulse.domain.problem.InputException;
import io.autopulse.domain.problem.RejectCode;
import io.autopulse.domain.sale.Target;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetParserTest {
  private static final List<String> WHOLE =
      List.of("month", "dealer_id", "make", "model", "units", "revenue", "currency", "updated_at");
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

  private static FeedFormat format(ZoneId zone, Map<String, String> defaults, String... sensitive) {
    return new FeedFormat(
        Feed.TARGETS,
        Map.of(),
        Map.of("month", "iso\nyyyy-MM"),
        zone,
        '.',
        NumberParser.NO_GROUPING,
        defaults,
        List.of(sensitive),
        zone,
        "EUR");
  }

  private static Parsed<Target> parse(FeedFormat format, List<String> header, String... values) {
    RawFields fields = new RawFields();
    for (String value : values) {
      fields.add(value);
    }
    return new TargetParser(format, header, "plan.csv:1").parse(fields);
  }

  private static Parsed<Target> parse(List<String> header, String... values) {
    return parse(format(ZoneId.of("Europe/Paris"), Map.of()), header, values);
  }

  private static Target accepted(Parsed<Target> parsed) {
    assertThat(parsed.toString(), parsed, is(instanceOf(Parsed.Accepted.class)));
    return ((Parsed.Accepted<Target>) parsed).value();
  }

  private static Rejection rejected(Parsed<Target> parsed) {
    assertThat(parsed.toString(), parsed, is(instanceOf(Parsed.Rejected.class)));
    return ((Parsed.Rejected<Target>) parsed).rejection();
  }

  private static LocalDate month(String text) {
    return LocalDate.parse(text + "-01");
  }

  @Test
  void wholeTargetIsReadAndItsNamesAreMembers() {
    assertThat(
        accepted(
            parse(
                WHOLE,
                "2026-03",
                " d1",
                "Renault",
                "Clio  IV",
                "12",
                "250000.50",
                "eur",
                "1980-01-02T00:00:00Z")),
        is(
            new Target(
                month("2026-03"),
                "D1",
                "RENAULT",
                "CLIO IV",
                12,
                250_000_50,
                3653 * 86_400_000_000L)));
    assertThat(
        accepted(parse(WHOLE, "2026-04-01", "all", "ALL", "All", "0", "", "", "")),
        is(new Target(month("2026-04"), "ALL", "ALL", "ALL", 0, Target.NO_REVENUE, 0)));
  }

  @Test
  void whatTheFeedHasNoColumnForIsOfAll() {
    assertThat(
        accepted(parse(List.of("month", "units"), "2026-03", "900")),
        is(new Target(month("2026-03"), "ALL", "ALL", "ALL", 900, Target.NO_REVENUE, 0)));
    assertThat(
        accepted(parse(List.of("units", "make", "month"), "70.0", "Kia", "2027-12-31")),
        is(new Target(month("2027-12"), "ALL", "KIA", "ALL", 70, Target.NO_REVENUE, 0)));
  }

  @ParameterizedTest
  @CsvSource({
    "'', Kia, Ceed, dealer_id",
    "D1, '', ALL, make",
    "D1, Kia, '-', model",
  })
  void blankIsNotGuessedToBeOfAll(String dealer, String make, String model, String field) {
    Rejection rejection = rejected(parse(WHOLE, "2026-03", dealer, make, model, "5", "", "", ""));
    assertThat(rejection.code(), is(RejectCode.MISSING_FIELD));
    assertThat(rejection.field(), is(field));
    assertThat(
        rejection.message(),
        is(
            field
                + " is blank: write ALL if it is of all, or defaults: {"
                + field
                + ": ALL} if every blank is"));
  }

  @Test
  void blankIsOfAllIfTheManifestSaysSo() {
    FeedFormat format =
        format(
            ZoneId.of("Europe/Paris"), Map.of("dealer_id", "ALL", "make", "ALL", "model", "ALL"));
    assertThat(
        accepted(parse(format, WHOLE, "2026-03", "", "", "", "5", "", "", "")).key(),
        is(List.of("2026-03-01", "ALL", "ALL", "ALL")));
    assertThat(
        accepted(parse(format, WHOLE, "2026-03", "D7", "", "-", "5", "", "", "")).key(),
        is(List.of("2026-03-01", "D7", "ALL", "ALL")));
  }

  @Test
  void modelWithoutItsMakeIsRejected() {
    for (Parsed<Target> parsed :
        List.of(
            parse(WHOLE, "2026-03", "D1", "ALL", "Clio", "5", "", "", ""),
            parse(List.of("month", "model", "units"), "2026-03", "208", "5"))) {
      Rejection rejection = rejected(parsed);
      assertThat(rejection.code(), is(RejectCode.MODEL_WITHOUT_MAKE));
      assertThat(rejection.field(), is("make"));
      assertThat(
          rejection.message(),
          is(
              "make must be named where a model is: models of two makes may have one name. Name its column under columns.make, or write defaults: {make: NAME} for a feed of one make"));
    }
    assertThat(
        accepted(
                parse(
                    format(ZoneId.of("Europe/Paris"), Map.of("make", "Peugeot")),
                    List.of("month", "model", "units"),
                    "2026-03",
                    "208",
                    "5"))
            .key(),
        is(List.of("2026-03-01", "ALL", "PEUGEOT", "208")));
  }

  @ParameterizedTest
  @CsvSource({
    "BAD_DATE, month, 2026-13, 5, '', '', ''",
    "BAD_DATE, month, March 2026, 5, '', '', ''",
    "MISSING_FIELD, month, '', 5, '', '', ''",
    "DATE_OUT_OF_RANGE, month, 2126-03, 5, '', '', ''",
    "NEGATIVE_COUNT, units, 2026-03, -1, '', '', ''",
    "BAD_NUMBER, units, 2026-03, 12.5, '', '', ''",
    "BAD_NUMBER, units, 2026-03, many, '', '', ''",
    "MISSING_FIELD, units, 2026-03, '', '', '', ''",
    "COUNT_OUT_OF_RANGE, units, 2026-03, 100000001, '', '', ''",
    "NEGATIVE_AMOUNT, revenue, 2026-03, 5, -0.01, '', ''",
    "AMOUNT_OUT_OF_RANGE, revenue, 2026-03, 5, 1000000000000.01, '', ''",
    "BAD_NUMBER, revenue, 2026-03, 5, 1.005, '', ''",
    "FOREIGN_CURRENCY, currency, 2026-03, 5, 7, USD, ''",
    "UNKNOWN_CURRENCY, currency, 2026-03, 5, 7, EURO, ''",
    "BAD_DATE, updated_at, 2026-03, 5, 7, EUR, soon",
  })
  void brokenRuleNamesItsField(
      RejectCode code,
      String field,
      String month,
      String units,
      String revenue,
      String currency,
      String updatedAt) {
    Rejection rejection =
        rejected(parse(WHOLE, month, "D1", "KIA", "CEED", units, revenue, currency, updatedAt));
    assertThat(rejection.code(), is(code));
    assertThat(rejection.field(), is(field));
  }

  @Test
  void recordOfAnotherWidthAndIdOfASpreadsheetAreRejected() {
    assertThat(rejected(parse(WHOLE, "2026-03", "5")).code(), is(RejectCode.WRONG_FIELD_COUNT));
    assertThat(
        rejected(parse(List.of("month", "dealer_id", "units"), "2026-03", "1.23E+05", "5")).code(),
        is(RejectCode.BAD_ID));
  }

  /** Midnight of 1 March in UTC is an evening of February in New York. */
  @Test
  void monthWithATimeOfDayIsRejectedBecauseItMayBeAnother() {
    List<String> header = List.of("month", "units");
    Rejection rejection =
        rejected(parse(format(NEW_YORK, Map.of()), header, "2026-03-01T00:00:00Z", "5"));
    assertThat(rejection.code(), is(RejectCode.BAD_DATE));
    assertThat(
        rejection.message(),
        is(
            "month has a time of day in America/New_York, so that it may be of another month. Write dates, or set formats.timezone to the zone in which these times are midnights"));
    assertThat(
        accepted(parse(format(NEW_YORK, Map.of()), header, "2026-03-01T00:00:00", "5")).month(),
        is(month("2026-03")));
    assertThat(
        accepted(parse(format(ZoneId.of("UTC"), Map.of()), header, "2026-03-01T00:00:00.000Z", "5"))
            .month(),
        is(month("2026-03")));
  }

  @Test
  void sensitiveValueIsNotShown() {
    Rejection rejection =
        rejected(
            parse(
                format(ZoneId.of("UTC"), Map.of(), "units"),
                List.of("month", "units"),
                "2026-03",
                "secret"));
    assertThat(rejection.message(), containsString("***"));
    assertThat(rejection.message(), not(containsString("secret")));
  }

  @Test
  void headerWithoutMonthOrUnitsIsAnError() {
    InputException problem = assertThrows(InputException.class, () -> parse(List.of("units"), "5"));
    assertThat(problem.getMessage(), containsString("no column \"month\" for field month"));
    assertThrows(InputException.class, () -> parse(List.of("month"), "2026-03"));
  }
}
