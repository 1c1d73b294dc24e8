package io.autopulse.transform.record;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.autopulse.domain.feed.ColumnNames;
import io.autopulse.domain.feed.CsvDialect;
import io.autopulse.domain.feed.Feed;
import io.autopulse.domain.feed.FeedFormat;
import io.autopulse.domain.feed.IdColumns;
import io.autopulse.domain.feed.RawBlock;
import io.autopulse.domain.feed.RawFields;
import io.autopulse.domain.feed.RejectedRecord;
import io.autopulse.domain.feed.Rejection;
import io.autopulse.domain.feed.SensitiveNames;
import io.autopulse.domain.feed.parse.ReferenceRecord;
import io.autopulse.domain.problem.RejectCode;
import io.autopulse.transform.sales.ReferenceRecordCoder;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.testing.CoderProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordReaderTest {
  private static final FeedFormat MASKED =
      new FeedFormat(
          Feed.DEALERS,
          Map.of(),
          Map.of(),
          ZoneOffset.UTC,
          '.',
          '\0',
          Map.of(),
          List.of("Phone"),
          ZoneOffset.UTC,
          "EUR");

  private static RawBlock csv(String text, String... header) {
    return block(RawBlock.Format.CSV, CsvDialect.RFC_4180, text, header);
  }

  private static RawBlock json(String text) {
    return block(RawBlock.Format.JSON, CsvDialect.RFC_4180, text);
  }

  private static RawBlock block(
      RawBlock.Format format, CsvDialect dialect, String text, String... header) {
    return new RawBlock(format, "f", 10, dialect, List.of(header), text.getBytes(UTF_8));
  }

  /** Reads a block and returns what came, a line a record. */
  private static List<String> read(RecordReader reader, RawBlock block) {
    List<String> seen = new ArrayList<>();
    reader.read(
        block,
        new RecordHandler() {
          @Override
          public void record(RawFields fields, long line) {
            List<String> values = new ArrayList<>();
            for (int i = 0; i < fields.count(); i++) {
              values.add(fields.get(i));
            }
            seen.add(line + " " + values);
          }

          @Override
          public void malformed(String text, long line, String why) {
            seen.add(line + " malformed <" + text + "> " + why);
          }

          @Override
          public void refused(Rejection rejection, long line) {
            seen.add(line + " refused " + rejection.code() + " " + rejection.message());
          }
        });
    return seen;
  }

  @Test
  void csvRecordsHaveTheLineTheyStartAt() {
    assertThat(
        read(new CsvRecords(), csv("a,b\r\n\r\n\"x\ny\",\"q\"\"q\"\nc\n\nlast,", "h", "i")),
        is(List.of("10 [a, b]", "12 [x\ny, q\"q]", "14 [c]", "16 [last, ]")));
    assertThat(read(new CsvRecords(), csv("")), is(List.of()));
  }

  @Test
  void csvFollowsTheDialect() {
    RawBlock block =
        block(RawBlock.Format.CSV, new CsvDialect(';', '\''), "a;'b;\nc';\"d\n1,2\n", "x");
    assertThat(read(new CsvRecords(), block), is(List.of("10 [a, b;\nc, \"d]", "12 [1,2]")));
  }

  @Test
  void unclosedQuoteCostsItsLineAlone() {
    assertThat(
        read(new CsvRecords(), csv("a,b\nc,\"open\nd,e\nf,g\n")),
        is(
            List.of(
                "10 [a, b]",
                "11 malformed <c,\"open> a quote is not closed",
                "12 [d, e]",
                "13 [f, g]")));
    assertThat(
        read(new CsvRecords(), csv("a\n\n\"open")),
        is(List.of("10 [a]", "12 malformed <\"open> a quote is not closed")));
  }

  @Test
  void textAfterAClosingQuoteCostsItsLineAlone() {
    assertThat(
        read(new CsvRecords(), csv("a,b\r\n\"c\"x,d\r\n\r\ne,f\r\n\"g\"y\r\nh,i")),
        is(
            List.of(
                "10 [a, b]",
                "11 malformed <\"c\"x,d> there is text after a closing quote",
                "13 [e, f]",
                "14 malformed <\"g\"y> there is text after a closing quote",
                "15 [h, i]")));
  }

  @Test
  void strayQuoteThatPairsWithTheNextRecordDoesNotSwallowIt() {
    assertThat(
        read(new CsvRecords(), csv("1,\"open\n2,\"closed\"\n3,plain\n")),
        is(
            List.of(
                "10 malformed <1,\"open> there is text after a closing quote",
                "11 [2, closed]",
                "12 [3, plain]")));
  }

  private static RawBlock bytes(RawBlock.Format format, String latin1, String... header) {
    return new RawBlock(
        format, "f", 10, CsvDialect.RFC_4180, List.of(header), latin1.getBytes(ISO_8859_1));
  }

  @Test
  void csvRecordWithBytesThatAreNotUtf8IsUndecodableAndTheOthersAreRead() {
    assertThat(
        read(
            new CsvRecords(),
            bytes(
                RawBlock.Format.CSV,
                "1,Renault\n2,Citro\u00ebn\r3,\"\u00ff\n\u00fe\"\n4,Citro\u00c3\u00abn\n5,\u00ef\u00bf\u00bd\n")),
        is(
            List.of(
                "10 [1, Renault]",
                "11 refused BAD_CHARSET the record holds bytes that are not UTF-8: EB; if the file is windows-1252, set from.charset: windows-1252",
                "12 refused BAD_CHARSET the record holds bytes that are not UTF-8: FF FE; if the file is windows-1252, set from.charset: windows-1252",
                "14 [4, Citro\u00ebn]",
                "15 [5, \ufffd]")));
  }

  @Test
  void jsonRecordWithBytesThatAreNotUtf8IsUndecodableAndTheOthersAreRead() {
    assertThat(
        read(
            new JsonRecords(new ColumnNames(List.of("id")), new SensitiveNames(List.of())),
            bytes(
                RawBlock.Format.JSON,
                "{\"id\":\"a\"}\r{\"id\":\"\u00eb\"}\r\n{\"id\":\"b\",\"x\":\"\u00eb\"}\n{\"id\":\"\u00c3\u00ab\"}\n\u00e9{\n")),
        is(
            List.of(
                "10 [a]",
                "11 refused BAD_CHARSET the record holds bytes that are not UTF-8: EB; JSON must be UTF-8",
                "12 refused BAD_CHARSET the record holds bytes that are not UTF-8: EB; JSON must be UTF-8",
                "13 [\u00eb]",
                "14 malformed <\ufffd{> its bytes are not UTF-8: E9")));
  }

  @Test
  void undecodableRecordIsKeptUnderTheRulesOfMasking() {
    RejectedRecord csv =
        rejected(
            bytes(RawBlock.Format.CSV, "d1,555-1234,K\u00f6ln\n", "dealer_id", "Phone", "region"),
            MASKED);
    assertThat(csv.raw(), is("d1,***,K\ufffdln"));
    assertThat(csv.rejection().code(), is(RejectCode.BAD_CHARSET));
    assertThat(
        csv.rejection().message(),
        is(
            "the record holds bytes that are not UTF-8: F6; if the file is windows-1252, set from.charset: windows-1252"));
    RejectedRecord tooShort =
        rejected(
            bytes(RawBlock.Format.CSV, "555-1234,K\u00f6ln\n", "dealer_id", "Phone", "region"),
            MASKED);
    assertThat(tooShort.toString(), not(containsString("555")));
    RejectedRecord json =
        rejected(
            bytes(RawBlock.Format.JSON, "{\"Phone\":\"555\",\"region\":\"K\u00f6ln\"}"), MASKED);
    assertThat(json.raw(), is("{\"Phone\":\"***\",\"region\":\"K\ufffdln\"}"));
    assertThat(
        json.rejection().message(),
        is("the record holds bytes that are not UTF-8: F6; JSON must be UTF-8"));
  }

  @Test
  void hugeFieldIsReadWhole() {
    String huge = "x".repeat(300_000);
    assertThat(read(new CsvRecords(), csv(huge + ",b\n")), is(List.of("10 [" + huge + ", b]")));
  }

  @Test
  void jsonRecordsAreTheirColumnsInOrder() {
    JsonRecords reader =
        new JsonRecords(
            new ColumnNames(List.of("id", "price", "tags", "note")), new SensitiveNames(List.of()));
    assertThat(
        read(
            reader,
            json(
                """
                {"price":19999.90,"id":"S\\u00e9","other":{"id":"no"},"tags":[1,{"a":null}],"note":null}

                \t\r
                {"id":true}\r
                {}""")),
        is(
            List.of(
                "10 [S\u00e9, 19999.90, [1,{\"a\":null}], ]", "13 [true, , , ]", "14 [, , , ]")));
  }

  @Test
  void recordsThatLackAKeyAreCounted() {
    JsonRecords reader =
        new JsonRecords(
            new ColumnNames(List.of("id", "make", "note")), new SensitiveNames(List.of()));
    read(reader, json("{\"id\":1,\"make\":null}\n{\"ID\":2,\"brand\":\"VW\"}\n{\n{\"id\":3}\n"));
    List<String> absent = new ArrayList<>();
    reader.drainAbsent((name, records) -> absent.add(name + " " + records));
    assertThat(absent, is(List.of("make 2", "note 3")));
    absent.clear();
    reader.drainAbsent((name, records) -> absent.add(name + " " + records));
    assertThat(absent, is(List.of()));
  }

  @Test
  void recordsThatLackASensitiveKeyAreCountedThoughNoFieldReadsIt() {
    JsonRecords reader =
        new JsonRecords(
            new ColumnNames(List.of("id", "Buyer")),
            new SensitiveNames(List.of("Phone No", "buyer")));
    read(
        reader,
        json(
            "{\"id\":1,\"phone_no\":\"5\",\"Buyer\":\"x\"}\n{\"id\":2,\"Mobile\":\"5\",\"buyer\":\"x\"}\n{\"id\":3}\n"));
    List<String> absent = new ArrayList<>();
    long keyed = reader.drainAbsent((name, records) -> absent.add(name + " " + records));
    assertThat(absent, is(List.of("Buyer 1", "Phone No 2")));
    assertThat(keyed, is(3L));
  }

  @Test
  void airbyteEnvelopeIsOpened() {
    JsonRecords reader =
        new JsonRecords(new ColumnNames(List.of("id", "price")), new SensitiveNames(List.of()));
    assertThat(
        read(
            reader,
            json(
                "{\"_airbyte_ab_id\":\"x\",\"_airbyte_emitted_at\":1,\"_airbyte_data\":{\"id\":\"S1\",\"price\":1e3}}")),
        is(List.of("10 [S1, 1e3]")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Smith, 555-1234", "{\"Phone\": 555-1234}", "{\"Phone\": Smith}", "{\"Phone\":\"555-1234\"",
        "[\"555-1234\"]", "\"555-1234\"", "{} 555-1234", "{\"a\":1}{\"Phone\":\"555-1234\"}",
        "\u0000\u0000\u0000{555-1234"
      })
  void lineThatIsNoObjectIsMalformedAndTellsNothing(String line) {
    RawBlock block = json(line + "\n{\"dealer_id\":\"D1\"}");
    JsonRecords reader =
        new JsonRecords(new ColumnNames(List.of("dealer_id")), new SensitiveNames(List.of()));
    List<String> seen = read(reader, block);
    assertThat(seen.size(), is(2));
    assertThat(seen.get(0).startsWith("10 malformed <"), is(true));
    String why = seen.get(0).substring(seen.get(0).lastIndexOf('>'));
    assertThat(why, not(containsString("555")));
    assertThat(why, not(containsString("Smith")));
    assertThat(seen.get(1), is("11 [D1]"));
    RejectedRecord kept =
        new RawText(MASKED, "Parse").of(block, line, 10, Rejection.malformed(why));
    assertThat(kept.toString(), not(containsString("555")));
    assertThat(
        kept.raw(),
        is("*** " + line.length() + " characters, not kept: which are sensitive cannot be told"));
  }

  private static RejectedRecord rejected(RawBlock block, FeedFormat format) {
    RecordReader reader = RecordReader.of(block.format(), format);
    List<RejectedRecord> kept = new ArrayList<>();
    RawText text = new RawText(format, "Parse dealers");
    reader.read(
        block,
        new RecordHandler() {
          @Override
          public void record(RawFields fields, long line) {
            kept.add(text.of(block, reader, line, Rejection.missing("region")));
          }

          @Override
          public void malformed(String raw, long line, String why) {
            kept.add(text.of(block, raw, line, Rejection.malformed(why)));
          }

          @Override
          public void refused(Rejection rejection, long line) {
            kept.add(text.of(block, reader, line, rejection));
          }
        });
    assertThat(kept.size(), is(1));
    return kept.get(0);
  }

  @Test
  void noticeOfASourceIsARejectedRecord() {
    RawBlock notice =
        block(
            RawBlock.Format.NOTICE,
            CsvDialect.RFC_4180,
            "*** messages 3 to 9 of sales/0",
            "EXPIRED_MESSAGES",
            "messages 3 to 9 were deleted");
    RejectedRecord kept = rejected(notice, MASKED);
    assertThat(kept.rejection().code(), is(RejectCode.EXPIRED_MESSAGES));
    assertThat(kept.rejection().message(), is("messages 3 to 9 were deleted"));
    assertThat(kept.origin(), is("f:10"));
    assertThat(kept.raw(), is("*** messages 3 to 9 of sales/0"));
    assertThat(kept.step() + ", " + kept.format(), is("Read dealers, notice"));
  }

  @Test
  void fileThatSpellsASensitiveColumnOtherwiseShowsNothing() {
    RejectedRecord kept = rejected(csv("d1,555-1234,x\n", "dealer_id", "Telephone", "y"), MASKED);
    assertThat(kept.toString(), not(containsString("555")));
    assertThat(kept.raw(), containsString("characters, not kept"));
    assertThat(kept.header(), is(""));
  }

  @Test
  void sensitiveColumnsOfCsvAreMasked() {
    assertThat(
        rejected(csv("d1,555-1234,\"a, \"\"b\"\"\"\n", "dealer_id", " Phone ", "note, x"), MASKED),
        is(
            new RejectedRecord(
                "dealers",
                "f:10",
                "Parse dealers",
                Rejection.missing("region"),
                "d1,***,\"a, \"\"b\"\"\"",
                "csv",
                "dealer_id, Phone ,\"note, x\"")));
    assertThat(
        "an empty value shows that it was empty",
        rejected(csv("d1,,x\n", "dealer_id", "Phone", "y"), MASKED).raw(),
        is("d1,,x"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "d1,555-1234\n",
        "d1,x,y,555-1234\n",
        "555-1234\n",
        "d1,\"555-1234\n",
        "\"d1\"555-1234,x\n"
      })
  void recordThatDoesNotFitItsHeaderShowsNothing(String text) {
    RejectedRecord kept = rejected(csv(text, "dealer_id", "Phone", "region"), MASKED);
    assertThat(kept.toString(), not(containsString("555")));
    assertThat(kept.raw(), containsString("characters, not kept"));
  }

  @Test
  void nothingIsMaskedWhereNothingIsSensitive() {
    FeedFormat open = FeedFormat.plain(Feed.DEALERS, ZoneOffset.UTC, "EUR");
    assertThat(rejected(csv("d1,555,\"open\n", "dealer_id"), open).raw(), is("d1,555,\"open"));
    assertThat(rejected(csv("d1,555\n", "dealer_id"), open).raw(), is("d1,555"));
    assertThat(rejected(json(" {\"a\" : 1} "), open).raw(), is("{\"a\" : 1}"));
  }

  @Test
  void sensitiveKeysOfJsonAreMaskedAtEveryDepth() {
    assertThat(
        rejected(
                json(
                    "{\"Phone\":\"1555\",\"a\":{\"Phone\":[\"555\"]},\"_airbyte_data\":{\"Phone\":5551,\"b\":[{\"Phone\":\"555\"}],\"c\":{\"Phone\":null}}}"),
                MASKED)
            .raw(),
        is(
            "{\"Phone\":\"***\",\"a\":{\"Phone\":\"***\"},\"_airbyte_data\":{\"Phone\":\"***\",\"b\":[{\"Phone\":\"***\"}],\"c\":{\"Phone\":null}}}"));
    assertThat(rejected(json("{\"dealer_id\":\"d\"}"), MASKED).header(), is(""));
    assertThat(rejected(json("{\"dealer_id\":\"d\"}"), MASKED).format(), is("json"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Phone\u00a0",
        "\ufeffPhone",
        "Ph\u200bone",
        "PHONE",
        "phone",
        "\u202fPhone\u2028",
        "Phone:"
      })
  void noSpellingOfASensitiveNameLeavesItsValue(String name) {
    assertThat(rejected(csv("d1,555\n", "dealer_id", name), MASKED).raw(), is("d1,***"));
    assertThat(
        rejected(json("{\"" + name + "\":\"555\",\"a\":[{\"" + name + "\":555}]}"), MASKED).raw(),
        is("{\"" + name + "\":\"***\",\"a\":[{\"" + name + "\":\"***\"}]}"));
  }

  @Test
  void jsonRecordThatLacksASensitiveKeyShowsOnlyWhatFieldsRead() {
    assertThat(
        rejected(
                json(
                    "{\"_airbyte_raw_id\":\"r\",\"_airbyte_data\":{\"dealer_id\":\"d1\",\"Region\":\"North\",\"mobile\":\"555\",\"a\":{\"b\":\"555\"},\"n\":null}}"),
                MASKED)
            .raw(),
        is(
            "{\"_airbyte_raw_id\":\"***\",\"_airbyte_data\":{\"dealer_id\":\"d1\",\"Region\":\"North\",\"mobile\":\"***\",\"a\":\"***\",\"n\":null}}"));
    assertThat(
        rejected(json("{\"dealer_id\":\"d1\",\"a\":{\"phone\":null},\"note\":\"x\"}"), MASKED)
            .raw(),
        is("{\"dealer_id\":\"d1\",\"a\":{\"phone\":null},\"note\":\"x\"}"));
  }

  @Test
  void placeholderOfASensitiveColumnIsMaskedToo() {
    assertThat(rejected(csv("d1,N/A\n", "dealer_id", "Phone"), MASKED).raw(), is("d1,***"));
    assertThat(rejected(json("{\"Phone\":\"-\"}"), MASKED).raw(), is("{\"Phone\":\"***\"}"));
  }

  @Test
  void sensitiveKeysWithinAFieldsValueAreMasked() {
    assertThat(
        read(
            new JsonRecords(
                new ColumnNames(List.of("region")), new SensitiveNames(List.of("Phone"))),
            json("{\"region\":{\"name\":\"North\",\"phone\":\"555\"}}")),
        is(List.of("10 [{\"name\":\"North\",\"phone\":\"***\"}]")));
  }

  @Test
  void codersGiveBackWhatTheyTook() throws Exception {
    CoderProperties.coderDecodeEncodeEqual(
        new RejectedRecordCoder(),
        new RejectedRecord(
            "sales",
            "s.csv:7",
            "Parse sales",
            new Rejection(RejectCode.BAD_DATE, "sold_at", "sold_at is bad \ud83d\ude97"),
            "a,\"b\nc\"",
            "csv",
            ""));
    CoderProperties.coderDecodeEncodeEqual(
        new ReferenceRecordCoder(),
        new ReferenceRecord("D1", -1, List.of("D1", "", "\u00e9"), Long.MIN_VALUE));
  }

  @Test
  void keyThatSeveralFieldsNameGivesThemAllItsValue() {
    FeedFormat format =
        new FeedFormat(
            Feed.SALES,
            Map.of("sale_id", IdColumns.of(List.of("VIN", "Datum")), "sold_at", "Datum"),
            Map.of(),
            ZoneOffset.UTC,
            '.',
            '\0',
            Map.of(),
            List.of(),
            ZoneOffset.UTC,
            "EUR");
    List<String> values = new ArrayList<>();
    RecordReader.of(RawBlock.Format.JSON, format)
        .read(
            json("{\"Datum\":\"2024-01-10\",\"VIN\":\"V1\"}"),
            new RecordHandler() {
              @Override
              public void record(RawFields fields, long line) {
                values.add(fields.get(0) + " " + fields.get(1) + " " + fields.count());
              }

              @Override
              public void malformed(String text, long line, String why) {
                values.add(why);
              }

              @Override
              public void refused(Rejection rejection, long line) {
                values.add(rejection.message());
              }
            });
    // Of 17 fields sale_id has two keys, one of which is that of sold_at.
    assertThat(values, is(List.of("V1 2024-01-10 17")));
  }
}
