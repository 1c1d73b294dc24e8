package io.autopulse.transform.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import io.autopulse.domain.feed.CsvDialect;
import io.autopulse.domain.feed.Feed;
import io.autopulse.domain.feed.FeedFormat;
import io.autopulse.domain.feed.NullTexts;
import io.autopulse.domain.feed.RawBlock;
import io.autopulse.domain.feed.RawFields;
import io.autopulse.domain.feed.Rejection;
import io.autopulse.domain.feed.RowCondition;
import io.autopulse.domain.sale.Ties;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The same rows as CSV and as JSON: {@code Typ} is no field's column. */
class SkipRowsTest {
  private static final List<String> HEADER = List.of("make", "Typ", "registrations");

  private static final String[][] ROWS = {
    {"KIA", "Detail", "1"},
    {" Kia  zusammen ", "", "2"},
    {"OPEL", " summe", "3"},
    {"OPEL", "NULL", "4"},
    {"", "Total A", "5"}
  };

  private static FeedFormat format(RowCondition... conditions) {
    return new FeedFormat(
        Feed.REGISTRATIONS,
        Map.of(),
        Map.of(),
        ZoneOffset.UTC,
        '.',
        '\0',
        Map.of(),
        List.of(),
        ZoneOffset.UTC,
        "EUR",
        NullTexts.USUAL,
        Ties.CONTENT,
        List.of(conditions),
        List.of());
  }

  private static RowCondition when(String column, RowCondition.Test test, String... texts) {
    return new RowCondition(column, test, List.of(texts));
  }

  private static RawBlock csv(String text) {
    return new RawBlock(
        RawBlock.Format.CSV, "f", 2, CsvDialect.RFC_4180, HEADER, text.getBytes(UTF_8));
  }

  private static RawBlock json(String text) {
    return new RawBlock(
        RawBlock.Format.JSON, "f", 2, CsvDialect.RFC_4180, List.of(), text.getBytes(UTF_8));
  }

  /** Returns the lines of the records that are kept, then how many are skipped. */
  private static List<Long> kept(FeedFormat format, RawBlock block) {
    List<Long> lines = new ArrayList<>();
    long skipped =
        new SkipRows(format)
            .read(
                block,
                RecordReader.of(block.format(), format),
                new RecordHandler() {
                  @Override
                  public void record(RawFields fields, long line) {
                    lines.add(line);
                  }

                  @Override
                  public void malformed(String text, long line, String why) {
                    lines.add(-line);
                  }

                  @Override
                  public void refused(Rejection rejection, long line) {
                    lines.add(-line);
                  }
                });
    lines.add(skipped);
    return lines;
  }

  private static void check(RowCondition[] conditions, Long... expected) {
    StringBuilder csv = new StringBuilder();
    StringBuilder json = new StringBuilder();
    for (String[] row : ROWS) {
      csv.append(String.join(",", row)).append('\n');
      json.append(
          "{\"make\": \"%s\", \"TYP\": \"%s\", \"registrations\": %s}%n".formatted((Object[]) row));
    }
    assertThat(kept(format(conditions), csv(csv.toString())), contains(expected));
    assertThat(kept(format(conditions), json(json.toString())), contains(expected));
  }

  @Test
  void rowsWhoseValueIsOfAFormAreSkippedWhateverCaseAndBlanks() {
    check(
        new RowCondition[] {when("make", RowCondition.Test.LIKE, "* ZUSAMMEN")},
        2L,
        4L,
        5L,
        6L,
        1L);
    check(
        new RowCondition[] {when("Typ", RowCondition.Test.LIKE, "%ota%a", "d*t*l")},
        3L,
        4L,
        5L,
        2L);
    check(
        new RowCondition[] {when("Typ", RowCondition.Test.LIKE, "sum*mme")},
        2L,
        3L,
        4L,
        5L,
        6L,
        0L);
  }

  @Test
  void rowsWithOneOfTheTextsAreSkippedAndOneConditionIsEnough() {
    check(
        new RowCondition[] {
          when("Typ", RowCondition.Test.IS, "Summe", "other"),
          when("registrations", RowCondition.Test.IS, "1")
        },
        3L,
        5L,
        6L,
        2L);
  }

  @Test
  void rowsWithNoneOfTheTextsAreSkippedBlankOnesToo() {
    check(new RowCondition[] {when("typ", RowCondition.Test.IS_NOT, "detail")}, 2L, 4L);
  }

  @Test
  void absentIsBlankOrATextThatStandsForNone() {
    check(new RowCondition[] {when("Typ", RowCondition.Test.ABSENT)}, 2L, 4L, 6L, 2L);
    check(new RowCondition[] {when("Typ", RowCondition.Test.PRESENT)}, 3L, 5L, 3L);
    check(new RowCondition[] {when("make", RowCondition.Test.ABSENT)}, 2L, 3L, 4L, 5L, 1L);
  }

  @Test
  void keyThatARecordLacksIsAbsent() {
    assertThat(
        kept(
            format(when("Typ", RowCondition.Test.ABSENT)),
            json("{\"make\": \"KIA\", \"Typ\": null}\n{\"make\": \"KIA\"}\n{\"Typ\": 1}\n")),
        contains(4L, 2L));
  }

  @Test
  void rowWithTooFewFieldsIsSkippedByWhatItHasAndOneWithTooManyNever() {
    RawBlock block = csv("Total\nTotal,x,1,2\nKIA\n");
    assertThat(
        kept(
            format(
                when("make", RowCondition.Test.IS, "total"),
                when("Typ", RowCondition.Test.ABSENT),
                when("make", RowCondition.Test.IS_NOT, "TOTAL")),
            block),
        contains(3L, 4L, 1L));
  }

  @Test
  void whatCannotBeReadIsNotSkipped() {
    FeedFormat format = format(when("make", RowCondition.Test.IS_NOT, "OPEL"));
    assertThat(kept(format, csv("\"KIA\"x,1,2\nKIA,1,2\n")), contains(-2L, 1L));
    assertThat(kept(format, json("{\"make\": \n{\"make\": \"KIA\"}\n")), contains(-2L, 1L));
  }

  @Test
  void withoutAConditionEveryRecordIsRead() {
    assertThat(kept(format(), csv("KIA,,1\n")), is(List.of(2L, 0L)));
  }
}
