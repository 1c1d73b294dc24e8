package io.autopulse.transform.record;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.autopulse.domain.feed.CsvDialect;
import io.autopulse.domain.feed.Feed;
import io.autopulse.domain.feed.FeedFormat;
import io.autopulse.domain.feed.RawBlock;
import io.autopulse.domain.feed.RawFields;
import io.autopulse.domain.feed.RejectedRecord;
import io.autopulse.domain.feed.Rejection;
import io.autopulse.domain.problem.RejectCode;
import java.nio.charset.Charset;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages of change data capture, with and without {@code envelope: debezium}. */
class ChangeEventsTest {
  private static final String ROW = "{\"dealer_id\": \"D1\", \"region\": \"Nord\"}";

  private final FeedFormat plain = FeedFormat.plain(Feed.DEALERS, ZoneOffset.UTC, "EUR");
  private final FeedFormat masked =
      new FeedFormat(
          Feed.DEALERS,
          Map.of(),
          Map.of(),
          ZoneOffset.UTC,
          '.',
          ',',
          Map.of(),
          List.of("phone"),
          ZoneOffset.UTC,
          "EUR");
  private final List<String> records = new ArrayList<>();
  private final List<RejectedRecord> rejected = new ArrayList<>();

  private void read(RawBlock.Format of, FeedFormat format, String... lines) {
    read(of, format, UTF_8, lines);
  }

  private void read(RawBlock.Format of, FeedFormat format, Charset charset, String... lines) {
    RawBlock block =
        new RawBlock(
            of,
            "dealers/0",
            7,
            CsvDialect.RFC_4180,
            List.of(),
            (String.join("\n", lines) + "\n").getBytes(charset));
    RecordReader reader = RecordReader.of(of, format);
    RawText text = new RawText(format, "Parse dealers");
    int id = RecordReader.columns(block, format).indexOf("dealer_id");
    reader.read(
        block,
        new RecordHandler() {
          @Override
          public void record(RawFields fields, long line) {
            String value = fields.get(id).toString();
            records.add(line + " " + value);
            if (value.isEmpty()) {
              rejected.add(text.of(block, reader, line, Rejection.missing("dealer_id")));
            }
          }

          @Override
          public void malformed(String raw, long line, String why) {
            rejected.add(text.of(block, raw, line, Rejection.malformed(why)));
          }

          @Override
          public void refused(Rejection rejection, long line) {
            rejected.add(text.of(block, reader, line, rejection));
          }
        });
  }

  private void events(String... lines) {
    read(RawBlock.Format.DEBEZIUM, plain, lines);
  }

  private RejectedRecord onlyRejected() {
    assertThat(rejected.toString(), rejected.size(), is(1));
    return rejected.get(0);
  }

  @Test
  void rowAfterTheChangeIsTheRecord() {
    events(
        "{\"before\":null,\"after\":" + ROW + ",\"source\":{\"lsn\":1},\"op\":\"c\",\"ts_ms\":17}",
        "{\"op\":\"u\",\"before\":{\"dealer_id\":\"D0\"},\"after\":{\"dealer_id\":\"D2\"}}",
        "  {\"op\": \"r\", \"after\" : {\"dealer_id\":\"D\u00e93\",\"x\":{\"dealer_id\":\"no\"}} } ");

    assertThat(records, is(List.of("7 D1", "8 D2", "9 D\u00e93")));
    assertThat(rejected, is(List.of()));
  }

  @Test
  void payloadBesideASchemaIsTheEventOrTheUnwrappedRow() {
    events(
        "{\"schema\":{\"fields\":[{\"field\":\"after\"}]},\"payload\":{\"before\":null,\"after\":"
            + ROW
            + ",\"op\":\"c\"}}",
        "{\"schema\":{\"type\":\"struct\"},\"payload\":{\"dealer_id\":\"D2\",\"region\":null}}");

    assertThat(records, is(List.of("7 D1", "8 D2")));
    assertThat(rejected, is(List.of()));
  }

  @Test
  void deletedRowIsRejectedAndNotTakenBack() {
    events(
        "{\"before\":" + ROW + ",\"after\":null,\"op\":\"d\"}",
        "null",
        "{\"schema\":null,\"payload\":null}",
        "{\"op\":\"t\",\"source\":{\"table\":\"dealers\"}}");

    assertThat(records, is(List.of()));
    assertThat(
        rejected.stream().map(r -> r.origin() + " " + r.rejection().code()).toList(),
        is(
            List.of(
                "dealers/0:7 DELETED_RECORD",
                "dealers/0:8 DELETED_RECORD",
                "dealers/0:9 DELETED_RECORD",
                "dealers/0:10 DELETED_RECORD")));
    assertThat(
        rejected.get(0).rejection().message(),
        is(
            "the record was deleted in the source; to take a sale back, send a version with the status CANCELLED"));
    assertThat(
        rejected.get(0).raw(),
        is("{\"before\":{\"dealer_id\":\"D1\",\"region\":\"Nord\"},\"after\":null,\"op\":\"d\"}"));
  }

  @Test
  void rejectedRowIsKeptWithoutItsEnvelopeAndMasked() {
    read(
        RawBlock.Format.DEBEZIUM,
        masked,
        "{\"before\":{\"phone\":\"555-0\"},\"after\":{\"phone\":\"555-1\",\"region\":\"Nord\"},"
            + "\"source\":{\"query\":\"update set phone='555-1'\"},\"op\":\"u\"}");

    assertThat(onlyRejected().raw(), is("{\"phone\":\"***\",\"region\":\"Nord\"}"));
  }

  @Test
  void rejectedDeletionIsMaskedBeforeTheChangeToo() {
    read(
        RawBlock.Format.DEBEZIUM,
        masked,
        "{\"schema\":{},\"payload\":{\"before\":{\"dealer_id\":\"D1\",\"phone\":\"555-0\"},\"after\":null,"
            + "\"source\":{\"query\":\"delete where phone='555-0'\"},\"op\":\"d\"}}");

    assertThat(
        onlyRejected().raw(),
        is("{\"before\":{\"dealer_id\":\"D1\",\"phone\":\"***\"},\"after\":null,\"op\":\"d\"}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"before\":null,\"after\":{\"dealer_id\":\"D1\",\"region\":\"K\u00f6ln\"},\"op\":\"c\"}",
        "{\"before\":{\"dealer_id\":\"D\u00e4\"},\"after\":{\"dealer_id\":\"D1\"},\"op\":\"u\"}",
        "{\"before\":{\"region\":\"K\u00f6ln\"},\"after\":null,\"op\":\"d\"}",
        "{\"schema\":{},\"payload\":{\"dealer_id\":\"D1\",\"region\":\"K\u00f6ln\"}}",
        "{\"op\":\"c\",\"after\":{\"dealer_id\":\"D1\",\"Stra\u00dfe\":\"x\"}}"
      })
  void eventWithBytesThatAreNotUtf8IsRejectedAndTheOthersAreRead(String event) {
    String next = "{\"op\":\"c\",\"after\":{\"dealer_id\":\"D2\"}}";
    read(RawBlock.Format.DEBEZIUM, plain, ISO_8859_1, event, next);

    assertThat(records, is(List.of("8 D2")));
    assertThat(onlyRejected().rejection().code(), is(RejectCode.BAD_CHARSET));
    assertThat(onlyRejected().origin(), is("dealers/0:7"));
    assertThat(onlyRejected().rejection().message(), containsString("JSON must be UTF-8"));
  }

  @Test
  void linesOfAFileWithSuchBytesAreRejectedToo() {
    read(
        RawBlock.Format.JSON,
        plain,
        ISO_8859_1,
        "{\"op\":\"c\",\"after\":{\"dealer_id\":\"D1\",\"region\":\"K\u00f6ln\"}}",
        "{\"dealer_id\":\"D2\",\"region\":\"K\u00f6ln\"}");

    assertThat(records, is(List.of()));
    assertThat(
        rejected.stream().map(r -> r.rejection().code()).toList(),
        is(List.of(RejectCode.BAD_CHARSET, RejectCode.BAD_CHARSET)));
  }

  @Test
  void eventWithSuchBytesIsKeptMaskedWhereverTheyAre() {
    read(
        RawBlock.Format.DEBEZIUM,
        masked,
        ISO_8859_1,
        "{\"before\":{\"phone\":\"555-0\"},\"after\":{\"dealer_id\":\"D1\",\"phone\":\"555-1\",\"region\":\"K\u00f6ln\"},"
            + "\"source\":{\"query\":\"set phone='555-1'\"},\"op\":\"u\"}",
        "{\"op\":\"c\",\"after\":{\"dealer_id\":\"D2\",\"ph\u00f6ne\":\"555-2\"}}",
        "{\"op\":\"c\",\"after\":{\"phone\":\"555-\u00f6");

    assertThat(records, is(List.of()));
    assertThat(
        rejected.stream().map(RejectedRecord::raw).toList(),
        is(
            List.of(
                "{\"before\":{\"phone\":\"***\"},\"after\":{\"dealer_id\":\"D1\",\"phone\":\"***\",\"region\":\"K\ufffdln\"},\"op\":\"u\"}",
                "{\"op\":\"c\",\"after\":{\"dealer_id\":\"D2\",\"ph\ufffdne\":\"***\"}}",
                "*** 33 characters, not kept: which are sensitive cannot be told")));
    assertThat(rejected.toString(), not(containsString("555")));
  }

  @Test
  void rowOfARejectedEventThatLacksASensitiveKeyShowsOnlyWhatFieldsRead() {
    read(
        RawBlock.Format.DEBEZIUM,
        masked,
        "{\"op\":\"d\",\"before\":{\"dealer_id\":\"D1\",\"mobile\":\"555-1\"},\"after\":null}",
        "{\"op\":\"i\",\"after\":\"{\\\"phone\\\":\\\"555-2\\\"}\",\"patch\":\"555-3\"}",
        "{\"schema\":{},\"payload\":\"{\\\"phone\\\":\\\"555-4\\\"}\"}");

    assertThat(
        rejected.stream().map(r -> r.rejection().code() + " " + r.raw()).toList(),
        is(
            List.of(
                "DELETED_RECORD {\"op\":\"d\",\"before\":{\"dealer_id\":\"D1\",\"mobile\":\"***\"},\"after\":null}",
                "MALFORMED_RECORD {\"op\":\"i\",\"after\":\"***\"}",
                "MALFORMED_RECORD *** 47 characters, not kept: which are sensitive cannot be told")));
  }

  @Test
  void messageThatIsNoEventIsRejectedWithTheKeyToRemove() {
    events(ROW);

    assertThat(onlyRejected().rejection().code(), is(RejectCode.MALFORMED_RECORD));
    assertThat(
        rejected.get(0).rejection().message(),
        containsString("no change event of Debezium, which has op and after; remove envelope"));
  }

  @Test
  void eventWithoutARowAndTextThatIsNoJsonAreRejected() {
    events("{\"op\":\"u\",\"after\":null}", "{\"op\":\"c\",\"after\":{", "[1]", ROW + "x");

    assertThat(records, is(List.of()));
    assertThat(
        rejected.stream().map(r -> r.rejection().code()).distinct().toList(),
        is(List.of(RejectCode.MALFORMED_RECORD)));
    assertThat(rejected.size(), is(4));
  }

  @Test
  void withoutTheKeyAnEnvelopeIsRejectedWithTheKeyToSet() {
    read(
        RawBlock.Format.JSON,
        masked,
        "{\"before\":null,\"after\":{\"dealer_id\":\"D1\",\"phone\":\"555-1\"},\"op\":\"c\"}",
        "{\"schema\":{},\"payload\":{\"dealer_id\":\"D1\",\"phone\":\"555-1\"}}");

    assertThat(records, is(List.of()));
    assertThat(rejected.size(), is(2));
    for (RejectedRecord record : rejected) {
      assertThat(record.rejection().message(), containsString("set envelope: debezium"));
      assertThat(record.toString(), not(containsString("555")));
    }
  }

  @Test
  void recordWithAFieldOfItsFeedIsNoEnvelopeWhateverElseItHas() {
    read(
        RawBlock.Format.JSON,
        plain,
        "{\"dealer_id\":\"D1\",\"op\":\"c\",\"before\":1,\"payload\":{}}");

    assertThat(records, is(List.of("7 D1")));
  }

  @Test
  void markedDeletionsAndTombstonesAreRejectedEverywhere() {
    read(
        RawBlock.Format.JSON,
        masked,
        "{\"dealer_id\":\"D1\",\"phone\":\"555-1\",\"__deleted\":\"true\"}",
        "{\"dealer_id\":\"D2\",\"__deleted\":true}",
        "{\"_airbyte_data\":{\"dealer_id\":\"D3\",\"_ab_cdc_deleted_at\":\"2024-05-14T12:00:00Z\"}}",
        "null",
        "{\"dealer_id\":\"D5\",\"__deleted\":\"false\"}",
        "{\"dealer_id\":\"D6\",\"_ab_cdc_deleted_at\":null}");

    assertThat(records, is(List.of("11 D5", "12 D6")));
    assertThat(
        rejected.stream().map(r -> r.origin() + " " + r.rejection().code()).toList(),
        is(
            List.of(
                "dealers/0:7 DELETED_RECORD",
                "dealers/0:8 DELETED_RECORD",
                "dealers/0:9 DELETED_RECORD",
                "dealers/0:10 DELETED_RECORD")));
    assertThat(
        rejected.get(0).raw(),
        is("{\"dealer_id\":\"D1\",\"phone\":\"***\",\"__deleted\":\"true\"}"));
  }
}
