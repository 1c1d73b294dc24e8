package io.autopulse.transform.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autopulse.domain.feed.CsvDialect;
import io.autopulse.domain.feed.Feed;
import io.autopulse.domain.feed.FeedFormat;
import io.autopulse.domain.feed.RawBlock;
import io.autopulse.domain.feed.RawFields;
import io.autopulse.domain.feed.Rejection;
import io.autopulse.domain.feed.parse.SaleParser;
import io.autopulse.domain.sale.block.Dictionary;
import io.autopulse.domain.sale.block.SaleBlockWriter;
import io.autopulse.domain.sale.block.SaleDraft;
import io.autopulse.domain.sale.block.SaleLayout;
import io.autopulse.domain.sale.block.Terms;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One record says the same as a row of CSV and as an object of JSON, such as a database's row. */
class FieldsOfRecordsTest {
  private static final List<String> HEADER =
      List.of(
          "sale_id", "sold_at", "status", "net_price", "updated_at", "make", "model", "list_price");

  private static FeedFormat format(Map<String, String> defaults, List<String> nulls) {
    return new FeedFormat(
        Feed.SALES,
        Map.of(),
        Map.of(),
        ZoneOffset.UTC,
        '.',
        '\0',
        defaults,
        List.of(),
        ZoneOffset.UTC,
        "EUR",
        nulls);
  }

  private static final FeedFormat PLAIN = FeedFormat.plain(Feed.SALES, ZoneOffset.UTC, "EUR");

  /** Returns what records say: their make, model and prices in cents, or why they are rejected. */
  private static List<String> read(FeedFormat format, RawBlock block) {
    List<String> said = new ArrayList<>();
    Dictionary[] dictionaries = SaleBlockWriter.newDictionaries();
    SaleParser parser =
        new SaleParser(format, RecordReader.columns(block, format), dictionaries, "f");
    SaleDraft sale = new SaleDraft();
    RecordReader.of(block.format(), format)
        .read(
            block,
            new RecordHandler() {
              @Override
              public void record(RawFields fields, long line) {
                Rejection rejection = parser.parse(fields, sale);
                said.add(line + " " + (rejection == null ? sale() : rejection.message()));
              }

              @Override
              public void malformed(String text, long line, String why) {
                said.add(line + " " + why);
              }

              @Override
              public void refused(Rejection rejection, long line) {
                said.add(line + " " + rejection.message());
              }

              private String sale() {
                List<String> vehicle =
                    Terms.split(
                        dictionaries[SaleLayout.VEHICLE].entry(sale.codes[SaleLayout.VEHICLE]));
                return vehicle.get(1)
                    + "|"
                    + vehicle.get(2)
                    + " "
                    + sale.netPrice
                    + " "
                    + (sale.listPrice == SaleLayout.NO_PRICE ? "none" : sale.listPrice)
                    + " "
                    + Instant.ofEpochSecond(sale.updatedAt / 1_000_000);
              }
            });
    return said;
  }

  private static RawBlock csv(List<String> header, List<String> values) {
    return block(RawBlock.Format.CSV, header, CsvRecords.line(values));
  }

  private static RawBlock json(List<String> header, List<String> values) {
    Map<String, String> record = new LinkedHashMap<>();
    for (int i = 0; i < header.size(); i++) {
      record.put(header.get(i), values.get(i));
    }
    try {
      return block(RawBlock.Format.JSON, List.of(), new ObjectMapper().writeValueAsString(record));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static RawBlock block(RawBlock.Format format, List<String> header, String text) {
    return new RawBlock(format, "f", 2, CsvDialect.RFC_4180, header, text.getBytes(UTF_8));
  }

  private static String both(FeedFormat format, List<String> header, List<String> values) {
    String row = read(format, csv(header, values)).get(0);
    assertThat(read(format, json(header, values)), contains(row));
    return row;
  }

  private static List<String> record(int field, String value) {
    List<String> values =
        new ArrayList<>(
            List.of(
                "S1", "2024-05-14", "SOLD", "20000", "2024-05-15T08:00:00", "Kia", "Rio", "22000"));
    values.set(field, value);
    return values;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u00a0", "\u202f", "\u2007", "\u3000", "\u0085", "\u2028", "\t", "\r\n", "\ufeff",
        "\u200b", "\u2060", "\u00ad", "\u200e", "\u202a", "\u2066", "\u001f"
      })
  void blanksOfEveryKindAroundAValueAreNoPartOfIt(String blank) {
    for (int i = 0; i < HEADER.size(); i++) {
      List<String> values = record(0, "S1");
      values.set(i, blank + values.get(i) + " " + blank);
      assertThat(both(PLAIN, HEADER, values), is("2 KIA|RIO 2000000 2200000 2024-05-15T08:00:00Z"));
      values.set(i, blank + " " + blank);
      assertThat(
          both(PLAIN, HEADER, values),
          is(
              switch (i) {
                case 4 -> "2 KIA|RIO 2000000 2200000 2024-05-14T00:00:00Z";
                case 5 -> "2 |RIO 2000000 2200000 2024-05-15T08:00:00Z";
                case 6 -> "2 KIA| 2000000 2200000 2024-05-15T08:00:00Z";
                case 7 -> "2 KIA|RIO 2000000 none 2024-05-15T08:00:00Z";
                default -> "2 " + HEADER.get(i) + " is required and missing";
              }));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Land\nRover",
        "Land\r\nRover",
        "Land\tRover",
        "land   rover",
        "LAND\u00a0\u2028ROVER",
        "La\u00adnd \u200bRover"
      })
  void lineBreaksTabsAndBlanksInsideANameAreOneBlank(String make) {
    assertThat(
        both(PLAIN, HEADER, record(5, make)),
        is("2 LAND ROVER|RIO 2000000 2200000 2024-05-15T08:00:00Z"));
  }

  @Test
  void otherControlCharacterInsideANameIsRejected() {
    assertThat(
        both(PLAIN, HEADER, record(5, "Land\u0001Rover")),
        is("2 make holds a control character: \"Land\\u0001Rover\""));
    assertThat(
        both(PLAIN, HEADER, record(5, "Land\u001fRover")),
        is("2 make holds a control character: \"Land\\u001FRover\""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"NULL", "n/a", " - ", "(null)", "NaN", "\\N", "#N/A"})
  void placeholderIsAnAbsentValue(String text) {
    assertThat(
        both(PLAIN, HEADER, record(5, text)), is("2 |RIO 2000000 2200000 2024-05-15T08:00:00Z"));
    assertThat(
        both(PLAIN, HEADER, record(7, text)), is("2 KIA|RIO 2000000 none 2024-05-15T08:00:00Z"));
    assertThat(
        both(PLAIN, HEADER, record(4, text)), is("2 KIA|RIO 2000000 2200000 2024-05-14T00:00:00Z"));
    assertThat(both(PLAIN, HEADER, record(3, text)), is("2 net_price is required and missing"));
    assertThat(
        both(
            format(
                Map.of("make", "Seat"),
                List.of("NULL", "n/a", "-", "(null)", "NaN", "\\N", "#N/A")),
            HEADER,
            record(5, text)),
        is("2 SEAT|RIO 2000000 2200000 2024-05-15T08:00:00Z"));
  }

  @Test
  void dateThatStandsForNoneIsAnAbsentTime() {
    assertThat(
        both(PLAIN, HEADER, record(4, "0000-00-00 00:00:00")),
        is("2 KIA|RIO 2000000 2200000 2024-05-14T00:00:00Z"));
    assertThat(
        both(PLAIN, HEADER, record(1, "9999-12-31T23:59:59Z")),
        is("2 sold_at is required and missing"));
  }

  @Test
  void emptyListOfPlaceholdersTakesEveryTextAsItIs() {
    FeedFormat none = format(Map.of(), List.of());
    assertThat(
        both(none, HEADER, record(5, "N/A")), is("2 N/A|RIO 2000000 2200000 2024-05-15T08:00:00Z"));
    assertThat(
        both(none, HEADER, record(7, "-")),
        is(
            "2 list_price is not a number in the feed's format: \"-\" (decimal \".\", no grouping, at most 2 decimals)"));
  }

  @Test
  void headersKeysAndColumnsMatchInEveryCase() {
    List<String> folded =
        List.of(
            "SALE_ID",
            "Sold_At",
            "STATUS",
            "Net_Price",
            "Updated_AT",
            "\ufeffMake",
            "MODEL\u00a0",
            "List_price");
    assertThat(
        both(PLAIN, folded, record(0, "S1")), is("2 KIA|RIO 2000000 2200000 2024-05-15T08:00:00Z"));
  }

  @Test
  void jsonKeyThatIsEqualWinsAndOneThatIsThereTwiceIsNotRead() {
    String record =
        "{\"sale_id\":\"S1\",\"sold_at\":\"2024-05-14\",\"status\":\"SOLD\",\"net_price\":20000,%s}";
    assertThat(
        read(
            PLAIN,
            block(
                RawBlock.Format.JSON,
                List.of(),
                String.join(
                    "\n",
                    record.formatted("\"make\":\"Kia\",\"MAKE\":\"Seat\""),
                    record.formatted("\"MAKE\":\"Seat\",\"make\":\"Kia\""),
                    record.formatted("\"make\":\"Kia\",\"make\":\"Seat\""),
                    record.formatted("\"Make\":\"Kia\",\"MAKE\":\"Seat\""),
                    record.formatted("\"x\":1,\"x\":2")))),
        contains(
            "2 KIA| 2000000 none 2024-05-14T00:00:00Z",
            "3 KIA| 2000000 none 2024-05-14T00:00:00Z",
            "4 it has the key \"make\" twice",
            "5 it has the key \"make\" twice",
            "6 | 2000000 none 2024-05-14T00:00:00Z"));
  }

  @Test
  void jsonColumnThatTwoFieldsHaveIsReadForBoth() {
    FeedFormat one =
        new FeedFormat(
            Feed.SALES,
            Map.of("updated_at", "sold_at"),
            Map.of(),
            ZoneOffset.UTC,
            '.',
            '\0',
            Map.of(),
            List.of(),
            ZoneOffset.UTC,
            "EUR");
    assertThat(
        both(one, HEADER, record(0, "S1")), is("2 KIA|RIO 2000000 2200000 2024-05-14T00:00:00Z"));
  }

  @Test
  void blankRowsAreNoRecordsAndTheOthersKeepTheirLines() {
    List<String> header = List.of("sale_id", "sold_at", "status", "net_price");
    assertThat(
        read(
            PLAIN,
            block(
                RawBlock.Format.CSV,
                header,
                ",,,\nS1,2024-05-14,SOLD,1\n\n  \n\"\",\"\",,\n\u00a0,\t, ,\u200b\n,,,,,,\nS2,2024-05-14,,1\n")),
        contains("3 | 100 none 2024-05-14T00:00:00Z", "9 status is required and missing"));
    assertThat(
        read(PLAIN, block(RawBlock.Format.JSON, List.of(), "\n \t\n\u00a0\n{}\n\ufeff\n")),
        contains("5 sale_id is required and missing"));
  }
}
