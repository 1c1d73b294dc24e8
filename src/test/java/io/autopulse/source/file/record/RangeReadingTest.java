package io.autopulse.source.file.record;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import de.siegmar.fastcsv.reader.CsvReader;
import io.autopulse.domain.feed.CsvDialect;
import io.autopulse.domain.feed.RawBlock;
import io.autopulse.domain.feed.value.EscapedBytes;
import io.autopulse.domain.problem.InputException;
import io.autopulse.source.RawBlockCoder;
import io.autopulse.source.file.FileFormat;
import io.autopulse.source.file.FileRange;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.testing.CoderProperties;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RangeReadingTest {
  private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
  private static final FileFormat CSV = FileFormat.csv("UTF-8", CsvDialect.RFC_4180);
  private static final int MOST_RECORD_BYTES = 4096;

  @TempDir Path folder;

  @BeforeAll
  static void registerFileSystems() {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
  }

  /**
   * A record and where it starts.
   *
   * @param line its line, from 1
   * @param fields its fields
   */
  private record Line(long line, List<String> fields) {}

  private List<FileRange> split(Path file, FileFormat format, long rangeBytes) throws IOException {
    return new FileSplitter(format, rangeBytes).split(file.toString(), Files.size(file));
  }

  private List<RawBlock> read(Path file, FileFormat format, long rangeBytes, int blockBytes)
      throws IOException {
    List<RawBlock> blocks = new ArrayList<>();
    for (FileRange range : split(file, format, rangeBytes)) {
      new RangeReader(format, blockBytes, MOST_RECORD_BYTES).read(range, blocks::add);
    }
    return blocks;
  }

  private static List<Line> records(List<RawBlock> blocks) throws IOException {
    List<Line> records = new ArrayList<>();
    for (RawBlock block : blocks) {
      records.addAll(parsed(new String(block.text(), UTF_8), block.firstLine()));
    }
    return records;
  }

  private static List<Line> parsed(String text, long firstLine) throws IOException {
    List<Line> records = new ArrayList<>();
    try (var reader = CsvReader.builder().maxBufferSize(1 << 24).ofCsvRecord(text)) {
      reader.forEach(
          r -> records.add(new Line(firstLine + r.getStartingLineNumber() - 1, r.getFields())));
    }
    return records;
  }

  private static String text(List<RawBlock> blocks) {
    StringBuilder text = new StringBuilder();
    blocks.forEach(block -> text.append(new String(block.text(), UTF_8)));
    return text.toString();
  }

  private Path write(String name, byte[]... parts) throws IOException {
    Path file = folder.resolve(name);
    try (OutputStream out = Files.newOutputStream(file)) {
      for (byte[] part : parts) {
        out.write(part);
      }
    }
    return file;
  }

  private static final List<String> LINE_ENDS = List.of("\n", "\r\n", "\r");

  // A file's text after its header: with the line break of the seed's choice at each end, or all
  // of them mixed.
  private static String body(Random random, boolean quotes) {
    int choice = random.nextInt(4);
    StringBuilder text = new StringBuilder();
    int records = random.nextInt(120);
    for (int i = 0; i < records; i++) {
      String end = LINE_ENDS.get(choice < 3 ? choice : random.nextInt(3));
      switch (random.nextInt(12)) {
        case 0 -> text.append(end);
        case 1 -> text.append("x".repeat(random.nextInt(700))).append(",long").append(end);
        default ->
            text.append(i)
                .append(',')
                .append(quotes ? quoted(random, end) : "plain \u00e9\ud83d\ude97 " + i)
                .append(end);
      }
    }
    if (random.nextBoolean()) {
      text.append("last,no line break");
    }
    return text.toString();
  }

  private static String quoted(Random random, String end) {
    return switch (random.nextInt(5)) {
      case 0 -> "\"a,b\"";
      case 1 -> "\"two" + end + "lines\"";
      case 2 -> "\"he said \"\"no\"\"\"";
      case 3 -> "6\" wheel";
      default -> "\"\"";
    };
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void rangesTogetherHoldTheRecordsOfTheFile(boolean quotes) throws IOException {
    for (long seed = 1; seed <= 150; seed++) {
      Random random = new Random(seed);
      String header =
          switch (random.nextInt(quotes ? 4 : 2)) {
            case 0 -> "\n\nid,text\r\n";
            case 1 -> "\r\rid,text\r";
            case 2 -> "id,\"te\nxt\"\n";
            default -> "id,\"te\rxt\"\r";
          };
      String body = body(random, quotes);
      if (header.endsWith("\r") && body.startsWith("\n")) {
        body = "0,first\r" + body;
      }
      boolean mark = random.nextBoolean();
      Path file =
          write(
              "sales.csv", mark ? MARK : new byte[0], header.getBytes(UTF_8), body.getBytes(UTF_8));
      List<RawBlock> blocks = read(file, CSV, 1 + random.nextInt(900), 16 + random.nextInt(300));
      List<Line> whole = parsed(header + body, 1);
      assertThat("seed " + seed, records(blocks), is(whole.subList(1, whole.size())));
      assertThat("seed " + seed, text(blocks), is(body));
      for (RawBlock block : blocks) {
        assertThat(block.header(), is(whole.get(0).fields()));
        assertThat(block.origin(), is(file.toString()));
      }
    }
  }

  @Test
  void plainFileIsReadInSeveralRangesAndQuotedFileInOne() throws IOException {
    String plain = "id,text\n" + "1,plain\n".repeat(1000);
    assertThat(
        split(write("plain.csv", plain.getBytes(UTF_8)), CSV, 800).size(), is(greaterThan(8)));
    String quoted = plain + "1,\"q\"\n";
    assertThat(split(write("quoted.csv", quoted.getBytes(UTF_8)), CSV, 800), hasSize(1));
    assertThat(
        split(write("small.csv", plain.getBytes(UTF_8)), CSV, 1 << 20).get(0).end(),
        is(FileRange.TO_THE_END));
  }

  @Test
  void unclosedQuoteIsCutAtALineBreakBeyondTheLongestRecord() throws IOException {
    StringBuilder body = new StringBuilder("0,\"never closed\n");
    for (int i = 1; i < 2000; i++) {
      body.append(i).append(",plain\n");
    }
    Path file = write("unclosed.csv", "id,text\n".getBytes(UTF_8), body.toString().getBytes(UTF_8));
    List<RawBlock> blocks = read(file, CSV, 1 << 20, 256);
    assertThat(text(blocks), is(body.toString()));
    assertThat(blocks.get(0).text().length <= MOST_RECORD_BYTES, is(true));
    List<Line> rest = records(blocks.subList(1, blocks.size()));
    assertThat(rest.get(rest.size() - 1), is(new Line(2001, List.of("1999", "plain"))));
    long first = rest.get(0).line();
    assertThat(rest.get(0).fields(), is(List.of(String.valueOf(first - 2), "plain")));
    assertThat((long) rest.size(), is(2001 - first + 1));
  }

  @Test
  void recordLongerThanTheLongestIsPassedOnInPieces() throws IOException {
    String body = "x".repeat(3 * MOST_RECORD_BYTES) + "\n1,next\n";
    Path file = write("long.csv", "id,text\n".getBytes(UTF_8), body.getBytes(UTF_8));
    List<RawBlock> blocks = read(file, CSV, 1 << 20, 256);
    assertThat(text(blocks), is(body));
    List<Line> records = records(blocks);
    assertThat(records.get(records.size() - 1), is(new Line(3, List.of("1", "next"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "ISO-8859-1", "windows-1252", "UTF-16", "UTF-16LE", "Shift_JIS"})
  void charsetsAreDecoded(String charset) throws IOException {
    String special =
        switch (charset) {
          case "ISO-8859-1" -> "Citro\u00ebn";
          case "windows-1252" -> "5 \u20ac \u0160koda";
          case "Shift_JIS" -> "\u65e5\u7523";
          default -> "\ud83d\ude97 \u65e5\u7523 \u00eb";
        };
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < 4000; i++) {
      body.append(i).append(",").append("x".repeat(i % 5)).append(special).append("\r\n");
    }
    String text = "id,name " + special + "\n" + body;
    Path file = write("charset.csv", text.getBytes(Charset.forName(charset)));
    FileFormat format = FileFormat.csv(charset, CsvDialect.RFC_4180);
    List<RawBlock> blocks = read(file, format, 5000, 1000);
    assertThat(blocks.get(0).header(), is(List.of("id", "name " + special)));
    assertThat(text(blocks), is(body.toString()));
    assertThat(records(blocks), is(parsed(text, 1).subList(1, 4001)));
  }

  @ParameterizedTest
  @ValueSource(longs = {10, 1 << 20})
  void byteThatTheDeclaredCharsetLacksIsKeptApart(long rangeBytes) throws IOException {
    Path file =
        write("a.csv", "id,name\n1,a\u20ac\n".getBytes(Charset.forName("windows-1252")), bad());
    FileFormat format = FileFormat.csv("windows-1252", CsvDialect.RFC_4180);
    StringBuilder decoded = new StringBuilder();
    for (RawBlock block : read(file, format, rangeBytes, 100)) {
      decoded.append(EscapedBytes.decode(block.text(), 0, block.text().length, true));
    }
    assertThat(decoded.toString(), is("1,a\u20ac\n2,b\udc81\udc8d\n"));
    assertThat(EscapedBytes.hex(decoded), is("81 8D"));
  }

  private static byte[] bad() {
    return new byte[] {'2', ',', 'b', (byte) 0x81, (byte) 0x8d, '\n'};
  }

  @Test
  void halfOfAPairInUtf16IsKeptApart() throws IOException {
    byte[] text = "id,name\n1,a\n2,b?c\n".getBytes(UTF_16LE);
    int at = text.length - 6;
    text[at] = 0x3d;
    text[at + 1] = (byte) 0xd8;
    FileFormat format = FileFormat.csv("UTF-16LE", CsvDialect.RFC_4180);
    RawBlock block = read(write("a.csv", text), format, 10, 100).get(0);
    String decoded = EscapedBytes.decode(block.text(), 0, block.text().length, true);
    assertThat(decoded, is("1,a\n2,b\udc3d\udcd8c\n"));
    assertThat(block.charset(), is("UTF-16LE"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void linesBeforeTheHeaderAreNoRecordsAndKeepTheirNumbers(String end) throws IOException {
    String text = "Sales \"2024" + end + end + "id,text" + end + ("1,plain" + end).repeat(1000);
    FileFormat format = FileFormat.csv("UTF-8", CsvDialect.RFC_4180, 2);
    List<RawBlock> blocks = read(write("title.csv", text.getBytes(UTF_8)), format, 800, 100);
    List<Line> records = records(blocks);
    assertThat(records, hasSize(1000));
    assertThat(records.get(0), is(new Line(4, List.of("1", "plain"))));
    assertThat(records.get(999).line(), is(1003L));
    assertThat(split(folder.resolve("title.csv"), format, 800).size(), is(greaterThan(8)));
  }

  @Test
  void gzipWithoutItsEndingIsReadWholeHoweverLarge() throws IOException {
    String body = "1,plain\n".repeat(2000);
    Path file = write("zipped.csv", gzip(("id,text\n" + body).getBytes(UTF_8)));
    assertThat(text(read(file, CSV, 10, 100)), is(body));
  }

  @Test
  void byteOrderMarkOfUtf16IsNoText() throws IOException {
    Path file = write("utf16.csv", "id,name\n1,a\n".getBytes(UTF_16));
    List<RawBlock> blocks = read(file, FileFormat.csv("UTF-16", CsvDialect.RFC_4180), 10, 100);
    assertThat(blocks.get(0).header(), is(List.of("id", "name")));
    assertThat(text(blocks), is("1,a\n"));
  }

  @Test
  void gzipOfSeveralMembersIsReadWhole() throws IOException {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < 30_000; i++) {
      body.append(i).append(",text ").append(i * 31).append('\n');
    }
    String text = "id,text\n" + body;
    int half = text.length() / 2;
    Path file =
        write(
            "sales.csv.gz",
            gzip(new byte[0]),
            gzip(text.substring(0, half).getBytes(ISO_8859_1)),
            gzip(text.substring(half).getBytes(ISO_8859_1)));
    List<RawBlock> blocks = read(file, CSV, 1000, 10_000);
    assertThat(text(blocks), is(body.toString()));
    assertThat(records(blocks).get(29_999).line(), is(30_001L));
  }

  @Test
  void gzipWithAByteOrderMarkIsReadWithoutIt() throws IOException {
    Path file = write("marked.csv.gz", gzip("\ufeffid,text\n1,a\n".getBytes(UTF_8)));
    List<RawBlock> blocks = read(file, CSV, 1, 100);
    assertThat(blocks.get(0).header(), is(List.of("id", "text")));
    assertThat(text(blocks), is("1,a\n"));
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void rangesOfJsonLinesAreWholeLines(boolean mark) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 500; i++) {
      lines.append("{\"id\":\"").append(i).append("\",\"text\":\"a\\\"b\"}\n");
    }
    Path file = write("sales.jsonl", mark ? MARK : new byte[0], lines.toString().getBytes(UTF_8));
    List<RawBlock> blocks = read(file, FileFormat.JSON_LINES, 700, 200);
    assertThat(text(blocks), is(lines.toString()));
    assertThat(split(file, FileFormat.JSON_LINES, 700).size(), is(greaterThan(10)));
    for (RawBlock block : blocks) {
      String text = new String(block.text(), UTF_8);
      assertThat(text.startsWith("{\"id\":\"" + (block.firstLine() - 1) + "\""), is(true));
      assertThat(text.endsWith("}\n"), is(true));
    }
  }

  @Test
  void emptyFileHasNoHeader() throws IOException {
    for (String text : List.of("", "\r\n\n", "\ufeff")) {
      Path file = write("empty.csv", text.getBytes(UTF_8));
      InputException empty = assertThrows(InputException.class, () -> split(file, CSV, 100));
      assertThat(empty.getMessage(), containsString("the file is empty: it has no header"));
    }
  }

  @Test
  void headerThatCannotBeReadNamesItsFile() throws IOException {
    for (String header : List.of("id,\"text\n1,a\n", "\"id\"x,text\n1,a\n")) {
      Path file = write("broken.csv", header.getBytes(UTF_8));
      InputException broken = assertThrows(InputException.class, () -> split(file, CSV, 100));
      assertThat(broken.getMessage(), containsString("broken.csv:1: the header cannot be read"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "\r\n", "\r"})
  void fileOfAHeaderHasNoRecords(String end) throws IOException {
    Path file = write("header.csv", ("id,text" + end).getBytes(UTF_8));
    assertThat(read(file, CSV, 1, 100), hasSize(0));
    assertThat(read(file, CSV, 100, 100), hasSize(0));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void everyRecordOfALargeFileWithCarriageReturnsIsRead(boolean quotes) throws IOException {
    StringBuilder text = new StringBuilder("id,text\r");
    String field = quotes ? "\"two\rlines\"" : "x".repeat(90);
    for (int i = 0; i < 60_000; i++) {
      text.append(i).append(',').append(field).append('\r');
    }
    Path file = write("mac.csv", text.toString().getBytes(UTF_8));
    List<RawBlock> blocks = new ArrayList<>();
    for (FileRange range : split(file, CSV, 2 << 20)) {
      new RangeReader(CSV).read(range, blocks::add);
    }
    List<Line> records = records(blocks);
    assertThat(records, hasSize(60_000));
    assertThat(records.get(0).line(), is(2L));
    assertThat(records.get(59_999).fields().get(0), is("59999"));
    assertThat(records.get(59_999).line(), is(quotes ? 120_000L : 60_001L));
    assertThat(split(file, CSV, 2 << 20).size(), is(quotes ? 1 : 3));
  }

  @Test
  void headerThatDoesNotEndIsAnErrorAndNotAFileWithoutRecords() throws IOException {
    Path file = write("wide.csv", ("id," + "x".repeat(300_000) + "\n1,2\n").getBytes(UTF_8));
    InputException wide = assertThrows(InputException.class, () -> split(file, CSV, 100));
    assertThat(
        wide.getMessage(), containsString("wide.csv:1: the header does not end within 256 KiB"));
  }

  @Test
  void codersGiveBackWhatTheyTook() throws Exception {
    FileRange range = new FileRange("a/\u00e9.csv", 3, FileRange.TO_THE_END, 2, List.of("id", ""));
    CoderProperties.coderDecodeEncodeEqual(new FileRange.RangeCoder(), range);
    RawBlock block =
        new RawBlock(
            RawBlock.Format.CSV, "x.csv", 7, new CsvDialect(';', '\''), List.of("\u00e9"), MARK);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new RawBlockCoder().encode(block, bytes);
    RawBlock decoded = new RawBlockCoder().decode(new ByteArrayInputStream(bytes.toByteArray()));
    assertThat(decoded.format(), is(block.format()));
    assertThat(decoded.origin(), is("x.csv"));
    assertThat(decoded.firstLine(), is(7L));
    assertThat(decoded.dialect(), is(new CsvDialect(';', '\'')));
    assertThat(decoded.header(), is(List.of("\u00e9")));
    assertThat(decoded.text(), is(MARK));
    assertThat(decoded.charset(), is("UTF-8"));
  }

  @Test
  void coderKeepsTheDeclaredCharset() throws IOException {
    RawBlock block =
        new RawBlock(
            RawBlock.Format.CSV, "x", 7, CsvDialect.RFC_4180, List.of("a"), MARK, "windows-1252");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new RawBlockCoder().encode(block, bytes);
    RawBlock decoded = new RawBlockCoder().decode(new ByteArrayInputStream(bytes.toByteArray()));
    assertThat(decoded.charset(), is("windows-1252"));
    assertThat(decoded.dialect(), is(CsvDialect.RFC_4180));
  }
}
