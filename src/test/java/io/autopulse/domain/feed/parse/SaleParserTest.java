package io.autopulse.domain.feed.parse;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.feed.Feed;
import io.autopulse.domain.feed.FeedFormat;
import io.autopulse.domain.feed.IdColumns;
import io.autopulse.domain.feed.RawFields;
import io.autopulse.domain.feed.Rejection;
import io.autopulse.domain.feed.value.DateHorizon;
import io.autopulse.domain.feed.value.NumberParser;
import io.autopulse.domain.problem.InputException;
import io.autopulse.domain.problem.RejectCode;
import io.autopulse.domain.sale.SaleStatus;
import io.autopulse.domain.sale.Ties;
import io.autopulse.domain.sale.block.Dictionary;
import io.autopulse.domain.sale.block.SaleBlock;
import io.autopulse.domain.sale.block.SaleBlockWriter;
import io.autopulse.domain.sale.block.SaleDraft;
import io.autopulse.domain.sale.block.SaleLayout;
import io.autopulse.domain.sale.block.Terms;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SaleParserTest {
  private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
  private static final List<String> HEADER =
      Feed.SALES.fields().stream().map(Feed.Field::name).toList();
  private static final List<String> SOUND =
      List.of(
          "S-1",
          "2024-05-15T08:00:00Z",
          "3",
          "SOLD",
          "2024-05-14T22:30:00Z",
          "m1",
          "Renault",
          "Clio",
          "B",
          "bev",
          "d1",
          "North",
          "25000",
          "19999.90",
          "EUR",
          "online",
          "erp");

  private final Dictionary[] dictionaries = SaleBlockWriter.newDictionaries();
  private final SaleDraft draft = new SaleDraft();

  private static FeedFormat format(Map<String, String> columns, Map<String, String> defaults) {
    return new FeedFormat(
        Feed.SALES, columns, Map.of(), PARIS, '.', '\0', defaults, List.of(), PARIS, "EUR");
  }

  private SaleParser parser(FeedFormat format, List<String> header) {
    return new SaleParser(format, header, dictionaries, "sales.csv:1");
  }

  private static RawFields record(List<String> values) {
    RawFields fields = new RawFields();
    values.forEach(fields::add);
    return fields;
  }

  private static List<String> with(String field, String value) {
    List<String> values = new ArrayList<>(SOUND);
    values.set(HEADER.indexOf(field), value);
    return values;
  }

  private Rejection rejection(List<String> values) {
    return parser(format(Map.of(), Map.of()), HEADER).parse(record(values), draft);
  }

  private static long micros(String moment) {
    return Instant.parse(moment).getEpochSecond() * 1_000_000;
  }

  private List<String> terms(int dictionary) {
    return Terms.split(dictionaries[dictionary].entry(draft.codes[dictionary]));
  }

  @Test
  void soundRecordIsASaleVersion() {
    assertThat(rejection(SOUND) == null, is(true));
    assertThat(draft.updatedAt, is(micros("2024-05-15T08:00:00Z")));
    assertThat(draft.sequence, is(3L));
    assertThat(draft.soldAt, is(micros("2024-05-14T22:30:00Z")));
    assertThat(draft.soldOn, is((int) LocalDate.of(2024, 5, 15).toEpochDay()));
    assertThat(draft.status, is(SaleStatus.SOLD));
    assertThat(draft.listPrice, is(2_500_000L));
    assertThat(draft.netPrice, is(1_999_990L));
    assertThat(terms(SaleLayout.VEHICLE), is(List.of("M1", "RENAULT", "CLIO", "B", "BEV")));
    assertThat(terms(SaleLayout.OUTLET), is(List.of("D1", "NORTH")));
    assertThat(terms(SaleLayout.PROVENANCE), is(List.of("online", "erp")));
    SaleDraft expected = new SaleDraft();
    expected.setId("S-1".toCharArray(), 0, 3);
    assertThat(draft.idHash(), is(expected.idHash()));
  }

  @Test
  void positionIsTheSequenceIfItDecidesTies() {
    SaleParser byPosition =
        new SaleParser(byPosition(), HEADER, dictionaries, "sales.csv:1", DateHorizon.NONE);
    assertThat(byPosition.parse(record(SOUND), 41, draft) == null, is(true));
    assertThat(draft.sequence, is(41L));
    assertThat(byPosition.parse(record(with("sequence", "no number")), 0, draft) == null, is(true));
    assertThat(draft.sequence, is(0L));
    SaleParser byContent = parser(format(Map.of(), Map.of()), HEADER);
    assertThat(byContent.parse(record(SOUND), 41, draft) == null, is(true));
    assertThat(draft.sequence, is(3L));
    assertThat(byContent.parse(record(with("sequence", "")), 41, draft) == null, is(true));
    assertThat(draft.sequence, is(0L));
  }

  @Test
  void saleOfARejectedRecordIsKnownIfItsIdCanBeReadAndShown() {
    SaleParser parser = parser(format(Map.of(), Map.of()), HEADER);
    assertThat(parser.saleId(record(with("sold_at", "soon"))), is("S-1"));
    assertThat(parser.saleId(record(with("sale_id", "\u00a0S-2 "))), is("S-2"));
    assertThat(parser.saleId(record(with("sale_id", ""))) == null, is(true));
    assertThat(parser.saleId(record(with("sale_id", "S".repeat(65)))) == null, is(true));
    // Which of its fields is the id cannot be told.
    assertThat(parser.saleId(record(SOUND.subList(0, 16))) == null, is(true));
    FeedFormat sensitive =
        new FeedFormat(
            Feed.SALES,
            Map.of("sale_id", "VIN"),
            Map.of(),
            PARIS,
            '.',
            NumberParser.NO_GROUPING,
            Map.of(),
            List.of("vin"),
            PARIS,
            "EUR");
    List<String> header = new ArrayList<>(HEADER);
    header.set(0, "VIN");
    assertThat(parser(sensitive, header).saleId(record(SOUND)) == null, is(true));
  }

  private static FeedFormat byPosition() {
    return new FeedFormat(
        Feed.SALES,
        Map.of(),
        Map.of(),
        PARIS,
        '.',
        NumberParser.NO_GROUPING,
        Map.of(),
        List.of(),
        PARIS,
        "EUR",
        List.of(),
        Ties.POSITION,
        List.of(),
        List.of());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "sale_id    | ''                        | MISSING_FIELD",
        "sale_id    | '   '                     | MISSING_FIELD",
        "sold_at    | ''                        | MISSING_FIELD",
        "sold_at    | 2024-02-31                | BAD_DATE",
        "sold_at    | yesterday                 | BAD_DATE",
        "sold_at    | 1979-12-31T23:59:59Z      | DATE_OUT_OF_RANGE",
        "sold_at    | 2100-01-01T00:00:00Z      | DATE_OUT_OF_RANGE",
        "updated_at | 14/05/2024                | BAD_DATE",
        "updated_at | 2100-01-01T00:00:00Z      | DATE_OUT_OF_RANGE",
        "sequence   | 1.5                       | BAD_NUMBER",
        "sequence   | -1                        | BAD_NUMBER",
        "sequence   | a                         | BAD_NUMBER",
        "sequence   | 1234567890123456789       | BAD_NUMBER",
        "status     | ''                        | MISSING_FIELD",
        "status     | LOST                      | UNKNOWN_STATUS",
        "status     | SOLDX                     | UNKNOWN_STATUS",
        "status     | SOL                       | UNKNOWN_STATUS",
        "net_price  | ''                        | MISSING_FIELD",
        "net_price  | twenty                    | BAD_NUMBER",
        "net_price  | 1.999                     | BAD_NUMBER",
        "net_price  | 0                         | PRICE_NOT_POSITIVE",
        "net_price  | -1                        | PRICE_NOT_POSITIVE",
        "net_price  | 100000000.01              | PRICE_OUT_OF_RANGE",
        "list_price | x                         | BAD_NUMBER",
        "list_price | -0.01                     | NEGATIVE_LIST_PRICE",
        "list_price | 100000000.01              | PRICE_OUT_OF_RANGE",
        "currency   | USD                       | FOREIGN_CURRENCY",
        "currency   | usd                       | FOREIGN_CURRENCY",
        "currency   | EURO                      | UNKNOWN_CURRENCY",
        "currency   | QQQ                       | UNKNOWN_CURRENCY"
      })
  void brokenRuleNamesItsFieldAndCode(String field, String value, RejectCode code) {
    Rejection rejection = rejection(with(field, value));
    assertThat(rejection.code(), is(code));
    assertThat(rejection.field(), is(field));
    String expected = field + " " + code.explanation();
    assertThat(
        rejection.message(),
        startsWith(code == RejectCode.MISSING_FIELD ? expected : expected + ": \"" + value + "\""));
  }

  @ParameterizedTest
  @CsvSource({
    "sold_at, 1980-01-01T00:00:00Z",
    "sold_at, 2099-12-31T23:59:59Z",
    "sequence, 123456789012345678",
    "net_price, 0.01",
    "net_price, 100000000",
    "list_price, 0",
    "list_price, 100000000",
    "currency, eur",
    "currency, ''",
    "status, returned",
    "status, Cancelled",
    "status, ' SOLD '"
  })
  void valueAtTheEdgeOfARuleIsAccepted(String field, String value) {
    assertThat(rejection(with(field, value)) == null, is(true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "model_id",
        "make",
        "model",
        "segment",
        "powertrain",
        "dealer_id",
        "region",
        "channel",
        "source"
      })
  void textsAreNeitherTooLongNorHoldControlCharacters(String field) {
    Rejection tooLong = rejection(with(field, "x".repeat(201)));
    assertThat(tooLong.code(), is(RejectCode.TEXT_TOO_LONG));
    assertThat(tooLong.field(), is(field));
    assertThat(tooLong.message(), is(field + " is too long: \"" + "x".repeat(60) + "\u2026\""));
    assertThat(rejection(with(field, "x".repeat(200))) == null, is(true));
    Rejection control = rejection(with(field, "a\u0007b"));
    assertThat(control.code(), is(RejectCode.CONTROL_CHARACTER));
    assertThat(control.field(), is(field));
    assertThat(rejection(with(field, "a\u001fb")).code(), is(RejectCode.CONTROL_CHARACTER));
    assertThat(rejection(with(field, "")) == null, is(true));
  }

  @Test
  void saleIdHasALengthOfItsOwn() {
    assertThat(rejection(with("sale_id", "x".repeat(64))) == null, is(true));
    assertThat(rejection(with("sale_id", "x".repeat(65))).code(), is(RejectCode.TEXT_TOO_LONG));
    assertThat(rejection(with("sale_id", "a\tb")).code(), is(RejectCode.CONTROL_CHARACTER));
    assertThat(rejection(with("sale_id", "a\u0085b")).code(), is(RejectCode.CONTROL_CHARACTER));
    assertThat(rejection(with("sale_id", "a\tb")).field(), is("sale_id"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sale_id", "make", "model", "region", "dealer_id", "channel", "source"})
  void textThatHasLostACharacterIsNoMember(String field) {
    Rejection lost = rejection(with(field, "Citro\ufffdn"));
    assertThat(lost.code(), is(RejectCode.BAD_CHARSET));
    assertThat(
        lost.message(),
        is(
            field
                + " holds a character that was lost in a wrong charset (U+FFFD): \"Citro\ufffdn\""));
    assertThat(rejection(with(field, "a\ud83d")).code(), is(RejectCode.BAD_CHARSET));
    assertThat(rejection(with(field, "Citro\u00ebn \ud83d\ude97")) == null, is(true));
  }

  @Test
  void mojibakeOfALostCharacterIsOne() {
    // UTF-8 of U+FFFD read as windows-1252.
    Rejection lost = rejection(with("make", "Citro\u00ef\u00bf\u00bdn"));
    assertThat(lost.code(), is(RejectCode.BAD_CHARSET));
  }

  @Test
  void mojibakeOfANameIsNoControlCharacter() {
    // UTF-8 of "À" read as ISO 8859-1 holds U+0080.
    assertThat(rejection(with("region", "\u00c3\u0080vila")) == null, is(true));
    assertThat(terms(SaleLayout.OUTLET), is(List.of("D1", "\u00c0VILA")));
    assertThat(
        rejection(with("channel", "\u00c3\u0080vila")).code(), is(RejectCode.CONTROL_CHARACTER));
  }

  @Test
  void recordWithAnotherNumberOfFieldsIsRejected() {
    Rejection shorter = rejection(SOUND.subList(0, 16));
    assertThat(shorter.code(), is(RejectCode.WRONG_FIELD_COUNT));
    assertThat(shorter.field(), is(""));
    assertThat(shorter.message(), is("the record has 16 fields, its header 17"));
    List<String> longer = new ArrayList<>(SOUND);
    longer.add("x");
    assertThat(rejection(longer).code(), is(RejectCode.WRONG_FIELD_COUNT));
  }

  @Test
  void absentOptionalFieldsHaveTheirRule() {
    List<String> header = List.of("net_price", "sold_at", "status", "sale_id");
    SaleParser parser = parser(format(Map.of(), Map.of()), header);
    draft.sequence = 99;
    draft.listPrice = 1;
    assertThat(
        parser.parse(record(List.of("1", "2024-05-14", "RETURNED", "S")), draft) == null, is(true));
    assertThat(draft.updatedAt, is(draft.soldAt));
    assertThat(draft.soldAt, is(micros("2024-05-13T22:00:00Z")));
    assertThat(draft.soldOn, is((int) LocalDate.of(2024, 5, 14).toEpochDay()));
    assertThat(draft.sequence, is(0L));
    assertThat(draft.listPrice, is(SaleLayout.NO_PRICE));
    assertThat(draft.status, is(SaleStatus.RETURNED));
    assertThat(terms(SaleLayout.VEHICLE), is(List.of("", "", "", "", "")));
  }

  @Test
  void blankIsAbsent() {
    List<String> values = new ArrayList<>(with("updated_at", "  "));
    values.set(HEADER.indexOf("sequence"), " ");
    values.set(HEADER.indexOf("list_price"), "\t");
    values.set(HEADER.indexOf("currency"), " ");
    assertThat(rejection(values) == null, is(true));
    assertThat(draft.updatedAt, is(draft.soldAt));
    assertThat(draft.sequence, is(0L));
    assertThat(draft.listPrice, is(SaleLayout.NO_PRICE));
  }

  @Test
  void defaultStandsForAnAbsentColumnAndABlankValue() {
    List<String> header = List.of("sale_id", "sold_at", "net_price", "region");
    SaleParser parser =
        parser(
            format(Map.of(), Map.of("status", " sold ", "region", "West", "currency", "EUR")),
            header);
    assertThat(parser.parse(record(List.of("S", "2024-05-14", "1", " ")), draft) == null, is(true));
    assertThat(draft.status, is(SaleStatus.SOLD));
    assertThat(terms(SaleLayout.OUTLET), is(List.of("", "WEST")));
    assertThat(
        parser.parse(record(List.of("S", "2024-05-14", "1", "East")), draft) == null, is(true));
    assertThat(terms(SaleLayout.OUTLET), is(List.of("", "EAST")));
  }

  @Test
  void foreignDefaultCurrencyRejectsEveryRecord() {
    List<String> header = List.of("sale_id", "sold_at", "net_price", "status");
    SaleParser parser = parser(format(Map.of(), Map.of("currency", "USD")), header);
    Rejection rejection = parser.parse(record(List.of("S", "2024-05-14", "1", "SOLD")), draft);
    assertThat(rejection.code(), is(RejectCode.FOREIGN_CURRENCY));
  }

  @Test
  void oddHeadersAreMapped() {
    FeedFormat cars =
        new FeedFormat(
            Feed.SALES,
            Map.of("sale_id", "Car_id", "sold_at", "Date", "net_price", "Price ($)"),
            Map.of("sold_at", "M/d/yyyy"),
            PARIS,
            ',',
            '.',
            Map.of("status", "SOLD"),
            List.of(),
            PARIS,
            "EUR");
    SaleParser parser = parser(cars, List.of("\ufeffCar_id", " Date ", "Price ($)", "Phone"));
    assertThat(
        parser.parse(record(List.of("C1", "1/2/2022", "26.000,5", "555")), draft) == null,
        is(true));
    assertThat(draft.netPrice, is(2_600_050L));
    assertThat(draft.soldOn, is((int) LocalDate.of(2022, 1, 2).toEpochDay()));
  }

  @Test
  void headerWithoutANeededColumnIsAnInputProblem() {
    InputException required =
        assertThrows(
            InputException.class,
            () -> parser(format(Map.of(), Map.of()), List.of("sale_id", "sold_at", "net_price")));
    assertThat(
        required.getMessage(),
        is(
            "sales.csv:1: feed sales: no column \"status\" for field status; the header is"
                + " sale_id, sold_at, net_price. Name its column under feeds.sales.columns.status,"
                + " or give a value under defaults"));
    InputException named =
        assertThrows(
            InputException.class, () -> parser(format(Map.of("region", "Zone"), Map.of()), HEADER));
    assertThat(
        named.getMessage(), containsString("no column \"Zone\" for field region; the header is"));
    assertThat(
        named.getMessage(), containsString("feeds.sales.columns.region, or leave the field out"));
  }

  @Test
  void headerThatMayBeARecordIsNotShown() {
    FeedFormat secret =
        new FeedFormat(
            Feed.SALES,
            Map.of(),
            Map.of(),
            PARIS,
            '.',
            NumberParser.NO_GROUPING,
            Map.of(),
            List.of("phone"),
            PARIS,
            "EUR");
    InputException problem =
        assertThrows(InputException.class, () -> parser(secret, List.of("S1", "SOLD", "555-1234")));
    assertThat(problem.getMessage(), containsString("no column \"sale_id\""));
    assertThat(problem.getMessage(), not(containsString("555")));
  }

  @Test
  void sensitiveValueIsNotInTheMessage() {
    FeedFormat secret =
        new FeedFormat(
            Feed.SALES,
            Map.of("channel", "Advisor"),
            Map.of(),
            PARIS,
            '.',
            '\0',
            Map.of(),
            List.of("Advisor"),
            PARIS,
            "EUR");
    List<String> header = new ArrayList<>(HEADER);
    header.set(HEADER.indexOf("channel"), " Advisor ");
    Rejection rejection =
        parser(secret, header).parse(record(with("channel", "Ann\u0007 Bee")), draft);
    assertThat(rejection.code(), is(RejectCode.CONTROL_CHARACTER));
    assertThat(rejection.message(), is("channel holds a control character: \"***\""));
    Rejection open = parser(secret, header).parse(record(with("region", "x\u0007y")), draft);
    assertThat(open.message(), not(containsString("***")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1.23E+05", "4.892E+092", "1,23E+05", "-1.2E+12", "9.1E-05", "1E+05", "1.23e+17"})
  void idThatASpreadsheetTookForANumberIsRejected(String id) {
    for (String field : List.of("sale_id", "dealer_id", "model_id")) {
      assertThat(
          rejection(with(field, id)).message(),
          is(
              field
                  + " was read as a number by a spreadsheet, so that its last digits are lost: \""
                  + id
                  + "\". Format the column as text, and export it again"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1E5",
        "12E5X",
        "12E-5",
        "1E-5",
        "1.5E3",
        "E+05",
        "A1.23E+05",
        "12.3E+05",
        "1.E+5",
        "S-1E"
      })
  void idThatOnlyResemblesANumberIsOne(String id) {
    assertThat(rejection(with("sale_id", id)) == null, is(true));
    assertThat(rejection(with("dealer_id", id)) == null, is(true));
  }

  @ParameterizedTest
  @CsvSource({
    "RETURNED, -20000.00, 2000000",
    "RETURNED, 20000.00, 2000000",
    "CANCELLED, (17900.00), 1790000",
    "CANCELLED, 17900-, 1790000",
    "CANCELLED, 0, 0"
  })
  void amountOfACreditNoteLosesItsSign(String status, String price, long cents) {
    List<String> values = with("net_price", price);
    values.set(HEADER.indexOf("status"), status);
    assertThat(rejection(values) == null, is(true));
    assertThat(draft.netPrice, is(cents));
  }

  @Test
  void amountOfACreditNoteHasALimitToo() {
    List<String> values = with("net_price", "-100000000.01");
    values.set(HEADER.indexOf("status"), "RETURNED");
    assertThat(rejection(values).code(), is(RejectCode.PRICE_OUT_OF_RANGE));
  }

  @ParameterizedTest
  @CsvSource({
    "sold_at, 2024-05-17T11:00:00Z, true",
    "sold_at, 2024-05-17T12:00:00Z, true",
    "sold_at, 2024-05-17T12:00:01Z, false",
    "sold_at, 2027-03-01, false",
    "sold_at, 2099-12-31T10:00:00Z, false",
    "updated_at, 2024-05-17T12:00:00Z, true",
    "updated_at, 2024-05-18, false"
  })
  void dateFurtherAheadThanTheHorizonIsRejected(String field, String value, boolean accepted) {
    DateHorizon horizon =
        new DateHorizon(
            Clock.fixed(Instant.parse("2024-05-15T12:00:00Z"), ZoneOffset.UTC), Duration.ofDays(2));
    SaleParser parser =
        new SaleParser(format(Map.of(), Map.of()), HEADER, dictionaries, "sales.csv:1", horizon);
    assertThat(parser.parse(record(SOUND), draft) == null, is(true));
    Rejection rejection = parser.parse(record(with(field, value)), draft);
    assertThat(rejection == null, is(accepted));
    if (rejection != null) {
      assertThat(rejection.code(), is(RejectCode.FUTURE_DATE));
      assertThat(
          rejection.message(),
          is(
              field
                  + " is further ahead of now than max_ahead allows: \""
                  + value
                  + "\". If sales are dated ahead, such as by their delivery, write max_ahead: 8w into the manifest"));
    }
  }

  @Test
  void amountInAnotherCurrencyIsRejectedAsOne() {
    assertThat(rejection(with("net_price", "$21,000.50")).code(), is(RejectCode.BAD_NUMBER));
    assertThat(rejection(with("net_price", "$21000.50")).code(), is(RejectCode.FOREIGN_CURRENCY));
    assertThat(rejection(with("list_price", "GBP 21000")).code(), is(RejectCode.FOREIGN_CURRENCY));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "17\u00A0900,00|\"17\\u00A0900,00\" (decimal \".\", no grouping, at most 2 decimals). If the mark is between thousands, declare it: formats: {decimal: \".\", grouping: \" \"}",
        "20.000|\"20.000\" (decimal \".\", no grouping, at most 2 decimals). If the mark is between thousands, declare it: formats: {decimal: \",\", grouping: \".\"}",
        "20\u200B000|\"20\\u200B000\" (decimal \".\", no grouping, at most 2 decimals). If the mark is between thousands, declare it: formats: {decimal: \".\", grouping: \"\u200B\"}",
        "HoSA|\"HoSA\" (decimal \".\", no grouping, at most 2 decimals). If it is a decimal in Base64, as Debezium writes by default, set decimal.handling.mode to string",
        "Infinity|\"Infinity\" (decimal \".\", no grouping, at most 2 decimals)"
      })
  void messageOfABadNumberTellsWhatWasExpectedAndShowsWhatCannotBeSeen(
      String price, String message) {
    assertThat(
        rejection(with("net_price", price)).message(),
        is("net_price is not a number in the feed's format: " + message));
  }

  @ParameterizedTest
  @CsvSource({
    "1715673630, epoch_seconds",
    "1795863250000, epoch_millis",
    "1795863250000000, epoch_micros",
    "19857, epoch_days"
  })
  void messageOfABadDateNamesThePatternAndTheUnitThatItMayCount(String value, String unit) {
    assertThat(
        rejection(with("sold_at", value)).message(),
        is(
            "sold_at is not a date in the feed's pattern: \""
                + value
                + "\" (iso). If it counts from 1970 on, write formats: {sold_at: "
                + unit
                + "}"));
  }

  @Test
  void numberOfJsonIsReadWithAPointWhateverTheMarks() {
    FeedFormat german =
        new FeedFormat(
            Feed.SALES, Map.of(), Map.of(), PARIS, ',', '.', Map.of(), List.of(), PARIS, "EUR");
    RawFields fields = new RawFields();
    for (String field : HEADER) {
      switch (field) {
        case "net_price" -> {
          fields.add("20000.000000000004");
          fields.markNumber();
        }
        case "list_price" -> fields.add("21.000,50");
        case "sequence" -> {
          fields.add("12.0");
          fields.markNumber();
        }
        default -> fields.add(SOUND.get(HEADER.indexOf(field)));
      }
    }
    assertThat(parser(german, HEADER).parse(fields, draft) == null, is(true));
    assertThat(draft.netPrice, is(2_000_000L));
    assertThat(draft.listPrice, is(2_100_050L));
    assertThat(draft.sequence, is(12L));
  }

  @Test
  void hourThatComesTwiceIsTheFirstOneUnlessItHasItsOffset() {
    assertThat(rejection(with("sold_at", "2024-10-27T02:30:00")) == null, is(true));
    assertThat(draft.soldAt, is(micros("2024-10-27T00:30:00Z")));
    assertThat(rejection(with("sold_at", "2024-10-27T02:30:00+01:00")) == null, is(true));
    assertThat(draft.soldAt, is(micros("2024-10-27T01:30:00Z")));
    assertThat(rejection(with("sold_at", "2024-10-27T22:59:59.999999Z")) == null, is(true));
    assertThat(draft.soldOn, is((int) LocalDate.of(2024, 10, 27).toEpochDay()));
  }

  private String idOf(SaleParser parser, List<String> values) {
    Rejection rejection = parser.parse(record(values), draft);
    if (rejection != null) {
      return rejection.code() + " " + rejection.field();
    }
    String[] id = {""};
    SaleBlockWriter writer =
        new SaleBlockWriter(
            1,
            dictionaries,
            (partition, bytes) -> {
              SaleBlock block = SaleBlock.open(bytes);
              block.advance();
              id[0] = SaleLayout.id(bytes, block.at());
            });
    writer.add(0, draft);
    writer.flush();
    return id[0];
  }

  @Test
  void severalColumnsMakeAnIdWhosePartsCannotRunTogether() {
    SaleParser parser =
        parser(
            format(
                Map.of("sale_id", IdColumns.of(List.of("VIN", "Datum")), "sold_at", "Datum"),
                Map.of()),
            List.of("Datum", "VIN", "status", "net_price"));
    assertThat(
        idOf(parser, List.of("2024-01-10", " VIN0001 ", "SOLD", "1")), is("VIN0001|2024-01-10"));
    assertThat(
        idOf(parser, List.of("2023-01-10", "VIN0001", "SOLD", "1")), is("VIN0001|2023-01-10"));
    assertThat(
        idOf(parser, List.of("2024-01-10", "a|b\\c", "SOLD", "1")), is("a\\|b\\\\c|2024-01-10"));
    assertThat(idOf(parser, List.of("2024-01-10", "  ", "SOLD", "1")), is("MISSING_FIELD sale_id"));
    assertThat(
        "joined it is too long",
        idOf(parser, List.of("2024-01-10", "V".repeat(54), "SOLD", "1")),
        is("TEXT_TOO_LONG sale_id"));
    assertThat(
        idOf(parser, List.of("2024-01-10", "V".repeat(53), "SOLD", "1")),
        is("V".repeat(53) + "|2024-01-10"));
  }

  @Test
  void orderAndLineNumberMakeAnIdThatOtherPairsDoNotHave() {
    SaleParser parser =
        parser(
            format(Map.of("sale_id", IdColumns.of(List.of("ORDER", "LINE", "SYSTEM"))), Map.of()),
            List.of("ORDER", "LINE", "SYSTEM", "sold_at", "status", "net_price"));
    assertThat(idOf(parser, List.of("1", "23", "ERP", "2024-01-10", "SOLD", "1")), is("1|23|ERP"));
    assertThat(idOf(parser, List.of("12", "3", "ERP", "2024-01-10", "SOLD", "1")), is("12|3|ERP"));
    assertThat(
        idOf(parser, List.of("1|2", "3", "ERP", "2024-01-10", "SOLD", "1")), is("1\\|2|3|ERP"));
    assertThat(
        idOf(parser, List.of("1", "2|3", "ERP", "2024-01-10", "SOLD", "1")), is("1|2\\|3|ERP"));
  }

  @Test
  void headerWithoutOneOfTheColumnsOfAnIdIsRefused() {
    FeedFormat format = format(Map.of("sale_id", IdColumns.of(List.of("VIN", "Datum"))), Map.of());
    assertThat(
        assertThrows(
                InputException.class,
                () -> parser(format, List.of("VIN", "sold_at", "status", "net_price")))
            .getMessage(),
        containsString("no column \"Datum\" for field sale_id"));
  }

  @Test
  void idOfASensitiveColumnIsMaskedInMessages() {
    FeedFormat format =
        new FeedFormat(
            Feed.SALES,
            Map.of("sale_id", IdColumns.of(List.of("Plate", "sold_at"))),
            Map.of(),
            PARIS,
            '.',
            '\0',
            Map.of(),
            List.of("Plate"),
            PARIS,
            "EUR");
    Rejection rejection =
        parser(format, List.of("Plate", "sold_at", "status", "net_price"))
            .parse(record(List.of("B-AB".repeat(20), "2024-01-10", "SOLD", "1")), draft);
    assertThat(rejection.message(), containsString("***"));
    assertThat(rejection.message(), not(containsString("B-AB")));
  }
}
