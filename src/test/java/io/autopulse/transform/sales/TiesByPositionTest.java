package io.autopulse.transform.sales;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;

import io.autopulse.domain.feed.CsvDialect;
import io.autopulse.domain.feed.Feed;
import io.autopulse.domain.feed.FeedFormat;
import io.autopulse.domain.feed.RawBlock;
import io.autopulse.domain.feed.RawBlock.Format;
import io.autopulse.domain.feed.value.NumberParser;
import io.autopulse.domain.sale.Ties;
import io.autopulse.domain.sale.block.Version;
import io.autopulse.source.batch.ReadBlocks;
import io.autopulse.testing.CheckedPipeline;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.junit.jupiter.api.Test;

/** The sequences of versions where the position of their records decides. */
class TiesByPositionTest {
  private static final FeedFormat BY_POSITION =
      new FeedFormat(
          Feed.SALES,
          Map.of(),
          Map.of(),
          ZoneOffset.UTC,
          '.',
          NumberParser.NO_GROUPING,
          Map.of(),
          List.of(),
          ZoneOffset.UTC,
          "EUR",
          List.of(),
          Ties.POSITION,
          List.of(),
          List.of());

  private final CheckedPipeline checked = new CheckedPipeline();

  private static String json(String id, String status) {
    return "{\"sale_id\":\"%s\",\"status\":\"%s\",\"sold_at\":\"2024-05-14\",\"net_price\":9}"
        .formatted(id, status);
  }

  private void assertSequences(RawBlock block, String... versions) {
    PCollectionTuple parsed =
        checked
            .pipeline()
            .apply("Blocks", ReadBlocks.of(List.of(block)))
            .apply("Parse sales", ParseSales.of(BY_POSITION, 1));
    checked.check(
        parsed.get(ParseSales.VERSIONS),
        blocks -> {
          List<String> found = new ArrayList<>();
          blocks.forEach(
              bytes ->
                  Version.read(bytes.getValue())
                      .forEach(v -> found.add(v.id() + " " + v.status() + " " + v.sequence())));
          assertThat(found, containsInAnyOrder(versions));
        });
    checked.run();
  }

  private static RawBlock block(Format format, long first, List<String> header, String text) {
    return new RawBlock(format, "place", first, CsvDialect.RFC_4180, header, text.getBytes(UTF_8));
  }

  @Test
  void lineOfACsvRecordIsItsSequenceAndBlankAndBrokenLinesCount() {
    assertSequences(
        block(
            Format.CSV,
            1_000,
            List.of("sale_id", "status", "sold_at", "net_price", "note"),
            """
            A,SOLD,2024-05-14,9,"two
            lines"

            A,CANCELLED,2024-05-14,9,
            A,SOLD,never,9,
            A,SOLD,2024-05-14,9,
            """),
        "A SOLD 1000",
        "A CANCELLED 1003",
        "A SOLD 1005");
  }

  @Test
  void lineOfAJsonRecordIsItsSequence() {
    assertSequences(
        block(
            Format.JSON, 1, List.of(), json("A", "SOLD") + "\n{\n" + json("A", "RETURNED") + "\n"),
        "A SOLD 1",
        "A RETURNED 3");
  }

  @Test
  void offsetOfAMessageIsItsSequenceWhateverTheMessageSays() {
    String own = json("A", "CANCELLED").replace("}", ",\"sequence\":7}");
    assertSequences(
        block(Format.JSON, 0, List.of(), json("A", "SOLD") + "\n" + own + "\n"),
        "A SOLD 0",
        "A CANCELLED 1");
  }

  @Test
  void offsetOfAChangeEventIsItsSequence() {
    assertSequences(
        block(
            Format.DEBEZIUM,
            5_000_000_000L,
            List.of(),
            "{\"op\":\"c\",\"before\":null,\"after\":" + json("A", "SOLD") + "}\n"),
        "A SOLD 5000000000");
  }
}
