package io.autopulse.domain.feed.parse;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.feed.Feed;
import io.autopulse.domain.feed.FeedFormat;
import io.autopulse.domain.feed.RawFields;
import io.autopulse.domain.feed.Rejection;
import io.autopulse.domain.feed.value.DateHorizon;
import io.autopulse.domain.feed.value.NumberParser;
import io.autopulse.domain.market.MarketNames;
import io.autopulse.domain.market.NameMapping;
import io.autopulse.domain.market.Observation;
import io.autopulse.domain.market.Observation.Extent;
import io.autopulse.domain.problem.InputException;
import io.autopulse.domain.problem.RejectCode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarketParserTest {
  private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
  private static final MarketNames NAMES =
      new MarketNames(
          NameMapping.of(Map.of("Volkswagen", List.of("VW"), "Renault", List.of())),
          NameMapping.of(Map.of("Volkswagen Golf", List.of("Volkswagen Golf VIII"))),
          NameMapping.of(Map.of("North", List.of("59*"))),
          NameMapping.of(Map.of("BEV", List.of("Elektriciteit"))),
          NameMapping.of(Map.of("DIESEL", List.of("Gazole"))),
          NameMapping.ofTopics(
              Map.of(
                  "Renault Clio", List.of("Clio", "Clio_V", "Clio R5 *"),
                  "Volkswagen", List.of("VW"))));

  private final List<String> unmapped = new ArrayList<>();
  private DateHorizon horizon = DateHorizon.NONE;

  private Parsed<List<Observation>> parse(Feed feed, String header, String record) {
    RawFields fields = new RawFields();
    for (String value : record.split(",", -1)) {
      fields.add(value);
    }
    return MarketParser.of(
            FeedFormat.plain(feed, PARIS, "EUR"),
            NAMES,
            List.of(header.split(",")),
            "m.csv",
            horizon)
        .parse(fields, (field, name) -> unmapped.add(field + " " + name));
  }

  private List<Observation> accepted(Feed feed, String header, String record) {
    Parsed<List<Observation>> parsed = parse(feed, header, record);
    if (parsed instanceof Parsed.Accepted<List<Observation>> sound) {
      return sound.value();
    }
    throw new AssertionError(parsed);
  }

  private Rejection rejected(Feed feed, String header, String record) {
    Parsed<List<Observation>> parsed = parse(feed, header, record);
    if (parsed instanceof Parsed.Rejected<List<Observation>> rejected) {
      return rejected.rejection();
    }
    throw new AssertionError(parsed);
  }

  private static List<String> parts(Observation observation) {
    return Arrays.asList(observation.slice().split("\u001f", -1));
  }

  @Test
  void registrationsAreMappedAndBelongToTheirPeriod() {
    Observation units =
        accepted(
                Feed.REGISTRATIONS,
                "period_start,period_grain,region,make,model,powertrain,registrations",
                "2024-05-16,Month,59000,vw ,VW Golf VIII,Elektriciteit,120")
            .get(0);
    assertThat(
        parts(units),
        contains("2024-05-01", "month", "NORTH", "VOLKSWAGEN", "VOLKSWAGEN GOLF", "BEV"));
    assertThat(units.value(), is(120L));
    assertThat(units.dated(), is(false));
    assertThat("the month's last day", units.knownOn(), is(19_874));
    assertThat(unmapped, is(List.of()));
  }

  @Test
  void nameThatNoMappingKnowsStaysAndIsReported() {
    Observation units =
        accepted(
                Feed.REGISTRATIONS,
                "period_start,period_grain,region,make,model,registrations",
                "2024-05-16,week,75001,Tesla,Model Y,7")
            .get(0);
    assertThat(
        parts(units), contains("2024-05-13", "week", "75001", "TESLA", "TESLA MODEL Y", "ALL"));
    assertThat(unmapped, contains("region 75001", "make TESLA", "model TESLA MODEL Y"));
  }

  @Test
  void namesBehindABrokenFieldAreNotReported() {
    rejected(
        Feed.REGISTRATIONS,
        "period_start,period_grain,region,make,registrations",
        "2024-05-01,fortnight,South,Lada,1");
    assertThat(unmapped, is(List.of()));

    rejected(
        Feed.REGISTRATIONS,
        "period_start,period_grain,region,make,registrations",
        "2024-05-01,month,South,Lada,-1");
    assertThat(unmapped, contains("region SOUTH", "make LADA"));
  }

  @Test
  void whatAFeedDoesNotTellIsAllAndWhatARecordLacksIsUnknown() {
    assertThat(
        parts(
            accepted(
                    Feed.REGISTRATIONS,
                    "year,month,period_grain,make,registrations",
                    "2007,1,month,,4")
                .get(0)),
        contains("2007-01-01", "month", "ALL", "UNKNOWN", "ALL", "ALL"));
    assertThat(unmapped, is(List.of()));
  }

  @Test
  void momentOfExtractionIsTheBusinessDateOfKnowledge() {
    Observation units =
        accepted(
                Feed.REGISTRATIONS,
                "period_start,period_grain,registrations,extracted_at",
                "2024-05-01,month,4,2024-06-10T22:30:00Z")
            .get(0);
    assertThat(units.dated(), is(true));
    assertThat("2024-06-11 in Paris", units.knownOn(), is(19_885));
  }

  @Test
  void extractIsWholeUnlessTheFeedSaysOtherwise() {
    String header = "period_start,period_grain,registrations,extract";
    String record = "2024-05-01,month,4,";
    assertThat(accepted(Feed.REGISTRATIONS, header, record).get(0).extent(), is(Extent.WHOLE));
    assertThat(
        accepted(Feed.REGISTRATIONS, header, record + "Whole").get(0).extent(), is(Extent.WHOLE));
    assertThat(
        accepted(Feed.REGISTRATIONS, header, record + "changes").get(0).extent(),
        is(Extent.CHANGES));
    assertThat(
        accepted(Feed.REGISTRATIONS, header, record + "Periods").get(0).extent(),
        is(Extent.PERIODS));
    assertThat(
        rejected(Feed.REGISTRATIONS, header, record + "some").message(),
        is("extract must be whole, periods or changes: \"some\""));
    assertThat(
        accepted(Feed.ATTENTION, "day,source,topic,views", "2024-05-16,Wikimedia,Renault_Clio,1200")
            .get(0)
            .extent(),
        is(Extent.CHANGES));
  }

  @Test
  void recordsOfOneSliceAreToldApartByAnIdThatIsNotKept() {
    String header = "period_start,period_grain,make,registrations,record_id";
    Observation one = accepted(Feed.REGISTRATIONS, header, "2024-05-01,day,vw,1,A001BB").get(0);
    Observation two = accepted(Feed.REGISTRATIONS, header, "2024-05-01,day,vw,1,A002BB").get(0);
    assertThat(one.slice(), is(two.slice()));
    assertThat(one.source(), is(not(two.source())));
    assertThat(one.source(), not(containsString("A001BB")));
  }

  @Test
  void priceIsInTenThousandthsOfItsBusinessDate() {
    Observation price =
        accepted(
                Feed.FUEL_PRICES,
                "station_id,fuel,region,price_at,price",
                "75000001,Gazole,59800,2024-05-15T22:10:00+00:00,1.789")
            .get(0);
    assertThat(parts(price), contains("2024-05-16", "NORTH", "DIESEL"));
    assertThat(price.value(), is(17_890L));
    assertThat(price.source(), not(containsString("75000001")));
  }

  @Test
  void viewsOfAPageAreThoseOfItsTopic() {
    Observation views =
        accepted(Feed.ATTENTION, "day,source,topic,views", "2024-05-16,Wikimedia,Renault_Clio,1200")
            .get(0);
    assertThat(parts(views), contains("2024-05-16", "WIKIMEDIA", "RENAULT CLIO"));
    assertThat(views.value(), is(1200L));
  }

  @ParameterizedTest
  @CsvSource({
    "Renault Clio, RENAULT CLIO",
    "Clio_V, RENAULT CLIO",
    "clio v, RENAULT CLIO",
    "Clio_R5_Turbo, RENAULT CLIO",
    "Clio R5 Turbo, RENAULT CLIO",
    "Clio_R50, ",
    "Clio_R5, ",
    "Clio_VI, "
  })
  void pageIsNamedWithBlanksOrUnderscores(String page, String topic) {
    String record = "2024-05-16,Wikimedia," + page + ",1200";
    if (topic == null) {
      assertThat(
          rejected(Feed.ATTENTION, "day,source,topic,views", record).code(),
          is(RejectCode.UNMAPPED_NAME));
    } else {
      assertThat(
          parts(accepted(Feed.ATTENTION, "day,source,topic,views", record).get(0)).get(2),
          is(topic));
    }
  }

  @Test
  void postIsScoredOnceForEachTopicThatItNames() {
    List<Observation> posts =
        accepted(
            Feed.SOCIAL,
            "post_id,posted_at,source,text",
            "p1,2024-05-16T10:00,forum,The new Clio is great says Anna and the VW too");
    assertThat(
        posts.stream().map(p -> parts(p).get(2)).toList(), contains("RENAULT CLIO", "VOLKSWAGEN"));
    assertThat(posts.stream().map(Observation::counted).toList(), contains(true, false));
    assertThat(posts.get(0).value(), is(6249L));
    assertThat(posts.toString(), not(containsString("Anna")));
  }

  @Test
  void postAboutNothingKnownIsRejectedWithoutItsText() {
    Rejection rejection =
        rejected(Feed.SOCIAL, "post_id,posted_at,source,text", "p1,2024-05-16,forum,Anna sings");
    assertThat(rejection.code(), is(RejectCode.UNMAPPED_NAME));
    assertThat(rejection.message(), is("text names no topic of the manifest's mappings"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MISSING_FIELD|period_start|,month,3",
        "BAD_DATE|period_start|2024-02-30,month,3",
        "DATE_OUT_OF_RANGE|period_start|1970-01-01,month,3",
        "UNKNOWN_GRAIN|period_grain|2024-05-01,decade,3",
        "MISSING_FIELD|registrations|2024-05-01,month,",
        "NEGATIVE_COUNT|registrations|2024-05-01,month,-1",
        "BAD_NUMBER|registrations|2024-05-01,month,1.5",
        "BAD_NUMBER|registrations|2024-05-01,month,many",
        "COUNT_OUT_OF_RANGE|registrations|2024-05-01,month,1000000000001",
        "WRONG_FIELD_COUNT||2024-05-01,month",
      })
  void brokenRegistrationsAreRejected(RejectCode code, String field, String record) {
    Rejection rejection =
        rejected(Feed.REGISTRATIONS, "period_start,period_grain,registrations", record);
    assertThat(rejection.code(), is(code));
    assertThat(rejection.field(), is(field == null ? "" : field));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PRICE_NOT_POSITIVE|price|s,Gazole,2024-05-01,0,EUR",
        "PRICE_OUT_OF_RANGE|price|s,Gazole,2024-05-01,100.0001,EUR",
        "BAD_NUMBER|price|s,Gazole,2024-05-01,1.78912,EUR",
        "BAD_NUMBER|price|s,Gazole,2024-05-01,1e999,EUR",
        "FOREIGN_CURRENCY|currency|s,Gazole,2024-05-01,1.789,USD",
        "UNKNOWN_CURRENCY|currency|s,Gazole,2024-05-01,1.789,EURO",
        "MISSING_FIELD|station_id|,Gazole,2024-05-01,1.789,EUR",
        "MISSING_FIELD|fuel|s,,2024-05-01,1.789,EUR",
      })
  void brokenPricesAreRejected(RejectCode code, String field, String record) {
    Rejection rejection =
        rejected(Feed.FUEL_PRICES, "station_id,fuel,price_at,price,currency", record);
    assertThat(rejection.code(), is(code));
    assertThat(rejection.field(), is(field));
  }

  @Test
  void pageAboutNothingKnownIsRejected() {
    Rejection rejection =
        rejected(Feed.ATTENTION, "day,source,topic,views", "2024-05-16,wikimedia,Paris,3");
    assertThat(rejection.code(), is(RejectCode.UNMAPPED_NAME));
    assertThat(
        rejection.message(), containsString("topic is no name that the manifest's mappings"));
  }

  @Test
  void headerThatTellsNoPeriodIsRefused() {
    assertThat(
        assertThrows(
                InputException.class,
                () -> parse(Feed.REGISTRATIONS, "year,period_grain,registrations", "2007,month,3"))
            .getMessage(),
        is(
            "m.csv: feed registrations: no column tells the period. Name one under feeds.registrations.columns.period_start, or two under year and month"));
  }

  @ParameterizedTest
  @CsvSource({
    "yyyy-MM, month, 2023-02, 2023-02-01, 2023-02-28",
    "yyyy MMM, month, 1994 Jan, 1994-01-01, 1994-01-31",
    "MM/yyyy, month, 12/2023, 2023-12-01, 2023-12-31",
    "yyyy, year, 2024, 2024-01-01, 2024-12-31",
    "yyyy'Q'q, quarter, 2024Q2, 2024-04-01, 2024-06-30",
    "'yyyy-''Q''q', quarter, 2024-Q4, 2024-10-01, 2024-12-31",
    "iso, quarter, 2024-05-16, 2024-04-01, 2024-06-30",
    "iso, Year, 2023-05-16, 2023-01-01, 2023-12-31"
  })
  void periodWithoutADayIsItsFirstDay(
      String pattern, String grain, String value, String first, String last) {
    FeedFormat format =
        new FeedFormat(
            Feed.REGISTRATIONS,
            Map.of(),
            Map.of("period_start", pattern),
            PARIS,
            '.',
            NumberParser.NO_GROUPING,
            Map.of(),
            List.of(),
            PARIS,
            "EUR");
    RawFields fields = new RawFields();
    List.of(value, grain, "7").forEach(fields::add);
    Parsed<List<Observation>> parsed =
        MarketParser.of(
                format,
                NAMES,
                List.of("period_start", "period_grain", "registrations"),
                "m.csv",
                DateHorizon.NONE)
            .parse(fields, (field, name) -> {});
    if (!(parsed instanceof Parsed.Accepted<List<Observation>> accepted)) {
      throw new AssertionError(parsed);
    }
    Observation units = accepted.value().get(0);
    assertThat(parts(units).subList(0, 2), is(List.of(first, grain.toLowerCase(Locale.ROOT))));
    assertThat(units.knownOn(), is((int) LocalDate.parse(last).toEpochDay()));
  }

  @Test
  void countWhoseThousandsAreNotDeclaredIsRejected() {
    assertThat(
        rejected(
                Feed.REGISTRATIONS,
                "period_start,period_grain,registrations",
                "2023-01-01,month,12.000")
            .message(),
        is(
            "registrations is not a number in the feed's format: \"12.000\" (a whole number, no grouping). If the mark is between thousands, declare it: formats: {decimal: \",\", grouping: \".\"}"));
    assertThat(
        accepted(
                Feed.REGISTRATIONS,
                "period_start,period_grain,registrations",
                "2023-01-01,month,12.0")
            .get(0)
            .value(),
        is(12L));
    assertThat(
        rejected(Feed.ATTENTION, "day,source,topic,views", "2024-05-16,wikimedia,Clio,5.000")
            .code(),
        is(RejectCode.BAD_NUMBER));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // Now is Wednesday, 15 May 2024, 12:00 UTC.
        "REGISTRATIONS|period_start,period_grain,registrations|2062-05-01,month,3|period_start",
        "REGISTRATIONS|period_start,period_grain,registrations|2024-05-20,week,3|period_start",
        "REGISTRATIONS|period_start,period_grain,registrations|2024-06-01,month,3|period_start",
        "REGISTRATIONS|period_start,period_grain,registrations|2024-07-01,quarter,3|period_start",
        "REGISTRATIONS|period_start,period_grain,registrations|2025-01-01,year,3|period_start",
        "REGISTRATIONS|period_start,period_grain,registrations|2024-05-18,day,3|period_start",
        "REGISTRATIONS|year,month,period_grain,registrations|2062,5,month,3|year",
        "REGISTRATIONS|period_start,period_grain,registrations,extracted_at|2024-04-01,month,3,2042-05-02T06:00:00Z|extracted_at",
        "FUEL_PRICES|station_id,fuel,price_at,price|s,Gazole,2062-05-01,1.7|price_at",
        "FUEL_PRICES|station_id,fuel,price_at,price,extracted_at|s,Gazole,2024-05-01,1.7,2024-05-17T12:00:01Z|extracted_at",
        "ATTENTION|day,source,topic,views|2024-05-18,wikimedia,Clio,5|day",
        "ATTENTION|day,source,topic,views,extracted_at|2024-05-01,wikimedia,Clio,5,2099-12-31|extracted_at",
        "SOCIAL|post_id,posted_at,source,text|p,2042-05-01,forum,The Clio|posted_at",
        "SOCIAL|post_id,posted_at,source,text,extracted_at|p,2024-05-01,forum,The Clio,2042-05-01|extracted_at"
      })
  void whatIsFurtherAheadThanTheHorizonIsRejected(
      Feed feed, String header, String record, String field) {
    horizon = twoDaysAhead();
    Rejection rejection = rejected(feed, header, record);
    assertThat(rejection.code(), is(RejectCode.FUTURE_DATE));
    assertThat(rejection.field(), is(field));
    assertThat(
        rejection.message(),
        containsString("if dates ahead are meant, write max_ahead: 8w into the manifest"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "REGISTRATIONS|period_start,period_grain,registrations|2024-05-13,week,3",
        "REGISTRATIONS|period_start,period_grain,registrations|2024-05-19,week,3",
        "REGISTRATIONS|period_start,period_grain,registrations|2024-05-31,month,3",
        "REGISTRATIONS|period_start,period_grain,registrations|2024-06-30,quarter,3",
        "REGISTRATIONS|period_start,period_grain,registrations|2024-12-31,year,3",
        "REGISTRATIONS|period_start,period_grain,registrations|2024-05-17,day,3",
        "REGISTRATIONS|year,month,period_grain,registrations|2024,5,month,3",
        "REGISTRATIONS|period_start,period_grain,registrations,extracted_at|2024-05-01,month,3,2024-05-17T12:00:00Z",
        "ATTENTION|day,source,topic,views|2024-05-17,wikimedia,Clio,5"
      })
  void currentPeriodAndDatesWithinTheHorizonAreTaken(Feed feed, String header, String record) {
    horizon = twoDaysAhead();
    assertThat(accepted(feed, header, record).size(), is(1));
  }

  private static DateHorizon twoDaysAhead() {
    return new DateHorizon(
        Clock.fixed(Instant.parse("2024-05-15T12:00:00Z"), ZoneOffset.UTC), Duration.ofDays(2));
  }
}
