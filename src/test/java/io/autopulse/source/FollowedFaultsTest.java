package io.autopulse.source;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.matchesPattern;

import io.autopulse.domain.quality.CsvDialect;
import io.autopulse.domain.quality.RawBlock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What writers, file servers and people do to a folder that is followed. */
class FollowedFaultsTest {
  private static final PipelineOptions OPTIONS = PipelineOptionsFactory.create();
  private static final FileFormat CSV = FileFormat.csv("UTF-8", CsvDialect.RFC_4180);
  private static final Instant NOON = Instant.parse("2024-05-14T12:00:00Z");
  private static final String SALES = "id,price\nA1,20000.00\nA2,25000.00\n";

  @TempDir Path folder;
  private final HandClock clock = new HandClock(NOON);
  private FollowedFilesReader reader;

  @BeforeAll
  static void registerFileSystems() {
    FileSystems.setDefaultPipelineOptions(OPTIONS);
  }

  @BeforeEach
  void startAnew() {
    follow("/*", CSV, null);
  }

  private void follow(String pattern, FileFormat format, FollowMark mark) {
    reader = source(pattern, format).createReader(OPTIONS, mark);
  }

  private FollowedFiles source(String pattern, FileFormat format) {
    return new FollowedFiles(
        folder + pattern, format, Duration.ofMillis(500), Duration.ofSeconds(2), clock);
  }

  private void restart() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new FollowMark.MarkCoder().encode(reader.getCheckpointMark(), bytes);
    reader.close();
    follow(
        "/*",
        CSV,
        new FollowMark.MarkCoder().decode(new ByteArrayInputStream(bytes.toByteArray())));
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private void append(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text, StandardOpenOption.APPEND);
  }

  /** Looks each half second; returns what is read: the records, or why a file cannot be read. */
  private List<String> read(Duration duration) throws IOException {
    List<String> texts = new ArrayList<>();
    for (long millis = 0; millis <= duration.toMillis(); millis += 500) {
      while (reader.advance()) {
        RawBlock block = reader.getCurrent();
        boolean records = block.format() != RawBlock.Format.UNREADABLE;
        String text = new String(block.text(), UTF_8).strip();
        texts.add(records ? text : name(block) + ":" + block.firstLine() + " " + text);
      }
      clock.pass(Duration.ofMillis(500));
    }
    return texts;
  }

  private List<String> read(int seconds) throws IOException {
    return read(Duration.ofSeconds(seconds));
  }

  private static String name(RawBlock block) {
    return String.valueOf(Path.of(block.origin()).getFileName());
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }

  private static String lines(int count) {
    Random random = new Random(7);
    StringBuilder text = new StringBuilder("id,price\n");
    for (int i = 0; i < count; i++) {
      text.append(i).append(',').append(random.nextLong()).append('\n');
    }
    return text.toString();
  }

  @Test
  void fileIsNotReadWhileItGrows() throws Exception {
    write("sales.csv", "id,price\nA1,20000.00\n");
    assertThat(read(1), is(empty()));
    append("sales.csv", "A2,25");
    assertThat("the writer's buffer ends in a number", read(10), is(empty()));
    append("sales.csv", "000.00\n");
    assertThat(read(1), is(empty()));
    assertThat(read(3), contains("A1,20000.00\nA2,25000.00"));
    assertThat(read(60), is(empty()));
  }

  @Test
  void jsonLinesAreNotReadHalfEither() throws Exception {
    follow("/*.jsonl", FileFormat.JSON_LINES, null);
    write("sales.jsonl", "{\"id\": 1}\n{\"id\": 2, \"price\": 25");
    assertThat(read(10), is(empty()));
    append("sales.jsonl", "000}\n");
    assertThat(read(3), contains("{\"id\": 1}\n{\"id\": 2, \"price\": 25000}"));
  }

  @Test
  void utf16IsNotReadHalfEither() throws Exception {
    follow("/*", FileFormat.csv("UTF-16LE", CsvDialect.RFC_4180), null);
    Files.write(folder.resolve("sales.csv"), "id,price\nA1,25".getBytes(UTF_16LE));
    assertThat(read(10), is(empty()));
    Files.write(folder.resolve("sales.csv"), "000\n".getBytes(UTF_16LE), StandardOpenOption.APPEND);
    assertThat(read(3), contains("A1,25000"));
  }

  @Test
  void lastLineWithoutAnEndIsReadAfterHalfAMinute() throws Exception {
    write("sales.csv", "id,price\nA1,20000.00");
    assertThat(read(29), is(empty()));
    assertThat(read(2), contains("A1,20000.00"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1970-01-01T00:00:01Z",
        "2024-05-14T10:00:00Z",
        "2024-05-14T12:00:01Z",
        "2031-01-01T00:00:00Z"
      })
  void clockOfTheFileServerDoesNotMatter(Instant serverTime) throws Exception {
    Path file = write("sales.csv", "id,price\nA1,20000.00\n");
    Files.setLastModifiedTime(file, FileTime.from(serverTime));
    assertThat(read(1), is(empty()));
    append("sales.csv", "A2,25000.00\n");
    Files.setLastModifiedTime(file, FileTime.from(serverTime.plusMillis(1500)));
    assertThat(read(1), is(empty()));
    assertThat(read(3), contains("A1,20000.00\nA2,25000.00"));
  }

  @Test
  void fileThatGrowsForMinutesHoldsUpNoOther() throws Exception {
    write("log.csv", "id,price\n");
    write("sales.csv", SALES);
    List<String> texts = new ArrayList<>();
    for (int second = 0; second < 400; second++) {
      append("log.csv", "L" + second + ",1\n");
      texts.addAll(read(Duration.ZERO));
      clock.pass(Duration.ofMillis(500));
    }
    assertThat(texts, contains("A1,20000.00\nA2,25000.00"));
    assertThat("read when it rests", read(3).size(), is(1));
  }

  @Test
  void clockThatIsPutBackDelaysNoFile() throws Exception {
    write("sales.csv", SALES);
    assertThat(read(1), is(empty()));
    clock.pass(Duration.ofHours(-1));
    assertThat(read(2), contains("A1,20000.00\nA2,25000.00"));
  }

  @Test
  void overwrittenAndAppendedFilesAreReadAgain() throws Exception {
    write("overwritten.csv", "id,price\nO1,1\n");
    write("appended.csv", "id,price\nP1,1\n");
    assertThat(read(3), containsInAnyOrder("O1,1", "P1,1"));
    write(".t", "id,price\nO1,1\nO2,2\n");
    Files.move(
        folder.resolve(".t"),
        folder.resolve("overwritten.csv"),
        StandardCopyOption.REPLACE_EXISTING);
    append("appended.csv", "P2,2\n");
    assertThat(read(3), containsInAnyOrder("O1,1\nO2,2", "P1,1\nP2,2"));
    assertThat(read(10), is(empty()));
  }

  @Test
  void fileOverwrittenByOneOfItsSizeIsReadAgain() throws Exception {
    Path file = write("sales.csv", "id,price\nO1,1\n");
    Files.setLastModifiedTime(file, FileTime.from(NOON));
    assertThat(read(3), contains("O1,1"));
    write("sales.csv", "id,price\nO1,2\n");
    assertThat(read(3), contains("O1,2"));
  }

  @Test
  void fileThatChangedWhileTheJobWasStoppedIsReadAgain() throws Exception {
    write("overwritten.csv", "id,price\nO1,1\n");
    write("same.csv", "id,price\nS1,1\n");
    assertThat(read(3).size(), is(2));
    restart();
    append("overwritten.csv", "O2,2\n");
    assertThat(read(10), contains("O1,1\nO2,2"));
  }

  @Test
  void fileThatChangesWhileItIsReadGivesNoHalfRecord() throws Exception {
    String text = lines(100_000);
    write("sales.csv", text);
    assertThat(read(Duration.ofMillis(1500)), is(empty()));
    clock.pass(Duration.ofSeconds(1));
    assertThat(reader.advance(), is(true));
    append("sales.csv", "last,25");
    List<String> rest = read(1);
    assertThat(rest.toString().contains("last"), is(false));
    append("sales.csv", "000\n");
    List<String> again = read(3);
    assertThat(String.join("\n", again) + "\n", is((text + "last,25000\n").substring(9)));
    assertThat(read(10), is(empty()));
  }

  @Test
  void fileOverwrittenBetweenStopAndRestartIsReadFromItsBeginning() throws Exception {
    write("sales.csv", lines(100_000));
    assertThat(read(Duration.ofMillis(1500)), is(empty()));
    clock.pass(Duration.ofSeconds(1));
    assertThat("the first of several blocks", reader.advance(), is(true));
    restart();
    write("sales.csv", SALES);
    assertThat(read(10), contains("A1,20000.00\nA2,25000.00"));
  }

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

  @ParameterizedTest
  @ValueSource(
      strings = {"export[1].csv", "a*b.csv", "q?.csv", "{x,y}.csv", "back\\slash.csv", " .csv"})
  void nameWithTheSignsOfAPatternIsAName(String name) throws Exception {
    write(name, SALES);
    assertThat(read(3), contains("A1,20000.00\nA2,25000.00"));
    assertThat(read(60), is(empty()));
  }

  @Test
  void folderOfAFilesNameIsNoFile() throws Exception {
    Files.createDirectory(folder.resolve("folder.csv"));
    write("good.csv", "id,price\nG1,1\n");
    assertThat(read(60), contains("G1,1"));
  }

  @Test
  void folderThatIsAwayForAWhileIsWaitedForAndNotReadTwice() throws Exception {
    Path in = Files.createDirectory(folder.resolve("in"));
    follow("/in/*.csv", CSV, null);
    Files.writeString(in.resolve("a.csv"), "id,price\nA1,1\n");
    assertThat(read(3), contains("A1,1"));
    Files.move(in, folder.resolve("away"));
    assertThat(read(90), is(empty()));
    Files.move(folder.resolve("away"), in);
    Files.writeString(in.resolve("b.csv"), "id,price\nB1,1\n");
    assertThat(read(3), contains("B1,1"));
  }

  @Test
  void folderThatComesLaterIsFollowedThen() throws Exception {
    follow("/later/**.csv", CSV, null);
    assertThat(read(5), is(empty()));
    Path deep = Files.createDirectories(folder.resolve("later/2024/05"));
    Files.writeString(deep.resolve("a.csv"), "id,price\nA1,1\n");
    assertThat(read(3), contains("A1,1"));
  }

  @Test
  void fileFromTheFutureMovesNothingButItself() throws Exception {
    Path file = write("future.csv", SALES);
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2031-01-01T00:00:00Z")));
    for (int look = 0; look < 10; look++) {
      while (reader.advance()) {
        assertThat(reader.getCurrentTimestamp().getMillis(), is(lessThanOrEqualTo(clock.millis())));
      }
      assertThat(reader.getWatermark().getMillis(), is(lessThanOrEqualTo(clock.millis())));
      clock.pass(Duration.ofMillis(500));
    }
    assertThat(reader.getCheckpointMark().done().size(), is(1));
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

  @Test
  void recordsKeepTheirLinesWhenAFileIsReadAgain() throws Exception {
    Charset latin = Charset.forName("ISO-8859-1");
    follow("/*", FileFormat.csv(latin.name(), CsvDialect.RFC_4180), null);
    Files.write(folder.resolve("a.csv"), "id,make\nA1,Citro\u00ebn\n".getBytes(latin));
    assertThat(read(3), contains("A1,Citro\u00ebn"));
    append("a.csv", "A2,VW\n");
    assertThat(read(1), is(empty()));
    clock.pass(Duration.ofSeconds(1));
    assertThat(reader.advance(), is(true));
    assertThat(reader.getCurrent().origin(), is(folder.resolve("a.csv").toString()));
    assertThat(reader.getCurrent().firstLine(), is(2L));
  }
}
