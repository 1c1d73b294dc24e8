package io.autopulse.source.follow;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import io.autopulse.domain.feed.CsvDialect;
import io.autopulse.source.file.FileFormat;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What writers, file servers and people do to a folder that is followed. */
class FollowedFaultsTest extends FollowedFolder {
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
