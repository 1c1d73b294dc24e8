package io.autopulse.transform.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.autopulse.domain.feed.CsvDialect;
import io.autopulse.domain.feed.Feed;
import io.autopulse.domain.feed.FeedFormat;
import io.autopulse.domain.feed.RawBlock;
import io.autopulse.domain.feed.RejectedRecord;
import io.autopulse.domain.feed.value.NumberParser;
import io.autopulse.domain.problem.RejectCode;
import io.autopulse.source.batch.ReadBlocks;
import io.autopulse.testing.CheckedPipeline;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.junit.jupiter.api.Test;

class CheckHeadersTest {
  private static final List<String> KNOWN =
      List.of("sale_id", "status", "sold_at", "net_price", "Phone");

  private final CheckedPipeline checked = new CheckedPipeline();

  private static FeedFormat format(List<String> sensitive) {
    return new FeedFormat(
        Feed.SALES,
        Map.of(),
        Map.of(),
        ZoneOffset.UTC,
        '.',
        NumberParser.NO_GROUPING,
        Map.of(),
        sensitive,
        ZoneOffset.UTC,
        "EUR");
  }

  private static RawBlock csv(List<String> header, String text) {
    return new RawBlock(
        RawBlock.Format.CSV, "a.csv", 2, CsvDialect.RFC_4180, header, text.getBytes(UTF_8));
  }

  private void check(
      FeedFormat format, RawBlock block, CheckedPipeline.Check<RejectedRecord> rejected) {
    PCollectionTuple out =
        checked
            .pipeline()
            .apply(ReadBlocks.of(List.of(block, csv(KNOWN, "S9,SOLD,2024-05-14,1,0151\n"))))
            .apply(CheckHeaders.of(format));
    checked.check(
        out.get(CheckHeaders.KNOWN),
        blocks -> assertThat(blocks.stream().map(RawBlock::header).toList(), contains(KNOWN)));
    checked.check(out.get(CheckHeaders.REJECTED), rejected);
    checked.run();
  }

  private static List<String> raws(List<RejectedRecord> rejected) {
    return rejected.stream().map(RejectedRecord::raw).toList();
  }

  @Test
  void eachRecordUnderAnUnknownHeaderIsKeptWithIt() {
    check(
        format(List.of("Phone")),
        csv(
            List.of("sale_id", "status", "sold_at", "Preis", "Phone"),
            "S1,SOLD,2024-05-14,100,0151\nS2,SOLD,2024-05-15,200,0152\n"),
        rejected -> {
          assertThat(
              raws(rejected),
              containsInAnyOrder("S1,SOLD,2024-05-14,100,***", "S2,SOLD,2024-05-15,200,***"));
          assertThat(
              rejected.stream().map(RejectedRecord::origin).toList(),
              containsInAnyOrder("a.csv:2", "a.csv:3"));
          RejectedRecord first = rejected.get(0);
          assertThat(first.rejection().code(), is(RejectCode.UNKNOWN_HEADER));
          assertThat(
              first.rejection().message(),
              is("net_price has no column in the file's header: \"net_price\""));
          assertThat(first.header(), is("sale_id,status,sold_at,Preis,Phone"));
        });
  }

  @Test
  void aFileWithoutAHeaderShowsNothingThatMayBeSensitive() {
    check(
        format(List.of("Phone")),
        csv(
            List.of("S1", "SOLD", "2024-05-14", "100", "0151"),
            "S2,SOLD,2024-05-15,200,0152\nS3,\"0153\n"),
        rejected -> {
          String shown = rejected.toString();
          assertThat(rejected.size(), is(2));
          assertThat(
              shown,
              not(anyOf(containsString("0151"), containsString("0152"), containsString("0153"))));
          assertThat(shown, containsString("*** 27 characters, not kept"));
        });
  }

  @Test
  void aHeaderThatCannotBeReadLeavesItsLines() {
    check(
        format(List.of()),
        csv(List.of(), "\"broken\nS2,SOLD\n"),
        rejected -> assertThat(raws(rejected), containsInAnyOrder("\"broken", "S2,SOLD")));
  }
}
