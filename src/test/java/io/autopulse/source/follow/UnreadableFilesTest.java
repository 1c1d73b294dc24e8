package io.autopulse.source.follow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.startsWith;

import io.autopulse.domain.feed.RawBlock;
import io.autopulse.source.file.FileFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of a followed folder that cannot be read, or that are of another kind. */
class UnreadableFilesTest extends FollowedFolder {
  @Test
  void cutGzipIsReportedOnceAndReadWhenItIsWhole() throws Exception {
    byte[] whole = gzip(SALES);
    Files.write(folder.resolve("cut.csv.gz"), Arrays.copyOf(whole, whole.length - 12));
    write("good.csv", "id,price\nG1,1\n");
    assertThat(read(20), contains("G1,1"));
    assertThat(
        read(20),
        contains(
            matchesPattern(
                "cut\\.csv\\.gz:1 the file cannot be read: it is a gzip file that ends too early\\."
                    + " Copy or export it again; it has \\d+ bytes of .*Z")));
    restart();
    write("good-2.csv", "id,price\nG2,1\n");
    assertThat("another try, and no other report", read(1300), contains("G2,1"));
    Files.write(folder.resolve("cut.csv.gz"), whole);
    assertThat(read(3), contains("A1,20000.00\nA2,25000.00"));
  }

  @Test
  void whatComesBeforeTheCutIsRead() throws Exception {
    byte[] whole = gzip(lines(200_000));
    Files.write(folder.resolve("cut.csv.gz"), Arrays.copyOf(whole, whole.length * 3 / 4));
    List<String> texts = read(40);
    String report = texts.get(texts.size() - 1);
    String block = texts.get(0);
    int blocks = texts.size() / 2;
    assertThat("each of the two tries", texts.size(), is(2 * blocks + 1));
    assertThat(block.startsWith("0,"), is(true));
    long read = texts.subList(0, blocks).stream().flatMap(String::lines).count();
    assertThat(
        report,
        matchesPattern(
            "cut\\.csv\\.gz:%1$d the file cannot be read from line %1$d on: it is a gzip file that ends too early.*"
                .formatted(read + 2)));
  }

  @Test
  void slowlyWrittenGzipIsNotReported() throws Exception {
    byte[] whole = gzip(SALES);
    Path file = Files.write(folder.resolve("slow.csv.gz"), Arrays.copyOf(whole, 20));
    assertThat(read(20), is(empty()));
    Files.write(file, whole);
    assertThat(read(3), contains("A1,20000.00\nA2,25000.00"));
    assertThat(read(60), is(empty()));
  }

  @Test
  void fileThatIsNoGzipInSpiteOfItsFirstBytesIsReported() throws Exception {
    Files.write(
        folder.resolve("bad.csv.gz"), new byte[] {0x1f, (byte) 0x8b, 99, 0, 0, 0, 0, 0, 0, 0, 1});
    write("good.csv", "id,price\nG1,1\n");
    assertThat(
        read(40),
        contains(
            is("G1,1"),
            matchesPattern(
                "bad\\.csv\\.gz:1 the file cannot be read: it is a damaged gzip file: .*")));
  }

  @Test
  void linkThatLeadsNowhereIsReportedAndReadOnceItLeadsSomewhere() throws Exception {
    Path target = folder.resolve("elsewhere").resolve("x.csv");
    Files.createSymbolicLink(folder.resolve("link.csv"), target);
    write("good.csv", "id,price\nG1,1\n");
    assertThat(
        read(40),
        contains(
            is("G1,1"),
            matchesPattern(
                "link\\.csv:1 the file cannot be read: it is a link that leads nowhere; .*")));
    restart();
    assertThat(read(60), is(empty()));
    Files.createDirectories(folder.resolve("elsewhere"));
    Files.writeString(target, SALES);
    assertThat(read(3), contains("A1,20000.00\nA2,25000.00"));
  }

  @Test
  void fileThatVanishesBeforeItIsReadIsReported() throws Exception {
    write("gone.csv", SALES);
    write("good.csv", "id,price\nG1,1\n");
    assertThat(read(1), is(empty()));
    Files.delete(folder.resolve("gone.csv"));
    assertThat(
        read(10),
        containsInAnyOrder(
            matchesPattern(
                "gone\\.csv:1 the file cannot be read: it vanished before it was read; it has 33"
                    + " bytes of .*"),
            is("G1,1")));
  }

  @Test
  void fileThatVanishesBetweenListingAndReadingIsReported() throws Exception {
    for (String name : List.of("a.csv", "b.csv", "c.csv")) {
      Files.setLastModifiedTime(write(name, SALES), FileTime.from(NOON));
    }
    assertThat(read(1), is(empty()));
    clock.pass(Duration.ofSeconds(2));
    assertThat(reader.advance(), is(true));
    Files.delete(folder.resolve("b.csv"));
    clock.pass(Duration.ofSeconds(2));
    List<String> rest = read(3);
    assertThat(
        rest,
        contains(
            is("A1,20000.00\nA2,25000.00"),
            matchesPattern("b\\.csv:1 the file cannot be read: it vanished .*")));
  }

  @Test
  void renamedFileIsNoLostOne() throws Exception {
    write("sales.csv.uploading", SALES);
    assertThat(read(1), is(empty()));
    Files.move(folder.resolve("sales.csv.uploading"), folder.resolve("sales.csv"));
    assertThat(read(10), contains("A1,20000.00\nA2,25000.00"));
  }

  @Test
  void filesThatWaitHoldTheWatermarkBackAndUnreadableOnesDoNot() throws Exception {
    Path file = write("old.csv.gz", "");
    Files.write(file, new byte[] {0x1f, (byte) 0x8b, 99, 0, 0, 0, 0, 0, 0, 0, 1});
    Files.setLastModifiedTime(file, FileTime.from(NOON.minusSeconds(3600)));
    assertThat(reader.advance(), is(false));
    assertThat(reader.getWatermark().getMillis(), is(NOON.minusSeconds(3600).toEpochMilli()));
    assertThat(read(60).size(), is(1));
    assertThat(
        "up to its last look",
        clock.millis() - reader.getWatermark().getMillis(),
        is(lessThanOrEqualTo(1000L)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "export.csv | 504b030414000600 | it is a ZIP archive or an Excel workbook (xlsx), not CSV. Set from.type: xlsx for workbooks; unzip archives",
        "export.csv | 5041523115150a4e | it is a Parquet file, not CSV. Export it as CSV or JSON lines",
        "login.csv | 3c21444f43545950452068746d6c3e0a3c703e4c6f672069 | it is an HTML page, not CSV: perhaps a login or an error page. Download the export again",
        "error.csv | 3c3f786d6c2076657273696f6e3d22312e30223f3e0a3c6572726f722f3e0a | it is an XML or HTML table, not CSV. Export it as CSV where it was made",
        "utf16.csv | fffe690064002c00700072006900630065000a004100310A002c0031000a00 | it is UTF-16 text, and its declared charset is UTF-8. Set from.charset: UTF-16; files of different charsets need feeds or folders of their own",
        "full.csv | 0000000000000000000000000000000000 | it is a binary file or was not written to its end: it holds NUL bytes. Export it as CSV again",
        "json.csv | 7b226964223a2231227d0a | it is JSON, not CSV. Use type: airbyte-jsonl for files of an object a line"
      })
  void fileOfAnotherKindIsPutAsideWholeUntilItIsReplaced(String name, String hex, String reason)
      throws Exception {
    byte[] bytes = HexFormat.of().parseHex(hex);
    Files.write(folder.resolve(name), bytes);
    write("good.csv", "id,price\nG1,1\n");
    List<String> texts = read(90);
    assertThat(texts.toString(), texts.size(), is(2));
    assertThat(texts.get(0), is("G1,1"));
    assertThat(
        texts.get(1),
        startsWith(
            "%s:1 the file cannot be read: %s; it has %d bytes of "
                .formatted(name, reason, bytes.length)));
    restart();
    write("good-2.csv", "id,price\nG2,1\n");
    assertThat("another try, and no other report", read(1300), contains("G2,1"));
    write(name, SALES);
    assertThat(read(3), contains("A1,20000.00\nA2,25000.00"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[{\"id\": 1},\\n{\"id\": 2}]\\n | it is a JSON array, not an object a line. Write an object a line, as jq -c '.[]'",
        "[\\n  {\"id\": 1}\\n]\\n | it is a JSON array, not an object a line. Write an object a line, as jq -c '.[]'",
        "{\\n  \"id\": 1\\n}\\n | it has JSON objects of several lines. Write an object a line, as jq -c .",
        "id,price\\nA1,1\\n | it is not JSON lines: no line begins with {. Use type: csv if it is CSV"
      })
  void fileThatIsNoJsonLinesIsPutAsideWholeUntilItIsReplaced(String text, String reason)
      throws Exception {
    follow("/*.jsonl", FileFormat.JSON_LINES, null);
    write("a.jsonl", text.replace("\\n", "\n"));
    List<String> texts = read(90);
    assertThat(texts.toString(), texts.size(), is(1));
    assertThat(texts.get(0), startsWith("a.jsonl:1 the file cannot be read: " + reason + "; it "));
    restart("/*.jsonl", FileFormat.JSON_LINES);
    assertThat(read(90), is(empty()));
    write("a.jsonl", "{\"id\": 1}\n");
    assertThat(read(3), contains("{\"id\": 1}"));
  }

  @Test
  void gzippedFileOfAnotherKindIsPutAsideToo() throws Exception {
    Files.write(folder.resolve("a.csv.gz"), gzip("<html><p>Please log in</p></html>\n"));
    Files.write(folder.resolve("b.csv.gz"), gzip("{\"id\": 1}\n{\"id\": 2}\n"));
    assertThat(
        read(90),
        containsInAnyOrder(
            startsWith("a.csv.gz:1 the file cannot be read: it is an HTML page, not CSV"),
            startsWith("b.csv.gz:1 the file cannot be read: it is JSON, not CSV")));
  }

  @Test
  void fileWhoseHeaderIsWrongIsReadForItsRecordsAreKept() throws Exception {
    write("a.csv", "\"id,price\nA1,1\n");
    assertThat(read(90), contains("\"id,price\nA1,1"));
  }

  @Test
  void noticeOfAFileSaysItsCodeAndIsNotReplayed() throws Exception {
    Files.write(folder.resolve("a.csv"), HexFormat.of().parseHex("504b030414000600"));
    List<RawBlock> blocks = new ArrayList<>();
    for (int look = 0; look < 180; look++) {
      while (reader.advance()) {
        blocks.add(reader.getCurrent());
      }
      clock.pass(Duration.ofMillis(500));
    }
    assertThat(blocks.size(), is(1));
    assertThat(blocks.get(0).header().get(0), is("UNREADABLE_FILE"));
    assertThat(
        new String(blocks.get(0).text(), UTF_8), startsWith("*** not kept: the file cannot"));
  }
}
