package io.autopulse.source.follow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import io.autopulse.domain.feed.CsvDialect;
import io.autopulse.source.file.FileFormat;
import io.autopulse.testing.HandClock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowedFilesTest {
  private static final PipelineOptions OPTIONS = PipelineOptionsFactory.create();
  private static final Instant NOON = Instant.parse("2024-05-14T12:00:00Z");

  @TempDir Path folder;
  private final HandClock watch = new HandClock(NOON);

  private final FollowedFiles files() {
    return new FollowedFiles(
        folder + "/*.csv",
        FileFormat.csv("UTF-8", CsvDialect.RFC_4180),
        Duration.ofSeconds(1),
        Duration.ZERO,
        watch);
  }

  @BeforeAll
  static void registerFileSystems() {
    FileSystems.setDefaultPipelineOptions(OPTIONS);
  }

  private void land(String name, String records, Instant at) throws IOException {
    Path file = Files.writeString(folder.resolve(name), "id\n" + records + "\n");
    Files.setLastModifiedTime(file, FileTime.from(at));
  }

  private static List<String> read(FollowedFilesReader reader) throws IOException {
    List<String> texts = new ArrayList<>();
    while (reader.advance()) {
      texts.add(new String(reader.getCurrent().text(), UTF_8).strip());
    }
    return texts;
  }

  private static FollowMark copied(FollowedFiles source, FollowMark mark) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    source.getCheckpointMarkCoder().encode(mark, bytes);
    return source.getCheckpointMarkCoder().decode(new ByteArrayInputStream(bytes.toByteArray()));
  }

  @Test
  void filesAreReadOnceInTheOrderOfLanding() throws Exception {
    land("b.csv", "1", NOON.minusSeconds(60));
    land("a.csv", "2", NOON.minusSeconds(30));
    FollowedFiles source = files();
    FollowedFilesReader reader = source.createReader(OPTIONS, null);
    assertThat(read(reader), contains("1", "2"));
    land("c.csv", "3", NOON);
    assertThat("before the next poll", read(reader), is(empty()));
    watch.set(NOON.plusSeconds(1));
    assertThat(read(reader), contains("3"));
    watch.set(NOON.plusSeconds(2));
    assertThat(read(reader), is(empty()));
  }

  @Test
  void unfinishedFilesWaitForTheirName() throws Exception {
    for (String name : List.of(".a.csv", "_b.csv")) {
      land(name, "1", NOON);
    }
    FollowedFiles source = files();
    FollowedFilesReader reader = source.createReader(OPTIONS, null);
    assertThat(read(reader), is(empty()));
    Files.move(folder.resolve(".a.csv"), folder.resolve("a.csv"));
    watch.set(NOON.plusSeconds(1));
    assertThat(read(reader), contains("1"));
  }

  @Test
  void fileWithoutAReadableHeaderIsReadWithoutOne() throws Exception {
    Path file = Files.writeString(folder.resolve("a.csv"), "\"id\n1\n");
    Files.setLastModifiedTime(file, FileTime.from(NOON.minusSeconds(60)));
    land("b.csv", "2", NOON);
    Files.createFile(folder.resolve("begun.csv"));
    FollowedFilesReader reader = files().createReader(OPTIONS, null);
    assertThat(reader.start(), is(true));
    assertThat(reader.getCurrent().header(), is(empty()));
    assertThat(new String(reader.getCurrent().text(), UTF_8), is("\"id\n1\n"));
    assertThat(read(reader), contains("2"));
    assertThat("it may still be written", reader.getCheckpointMark().done().size(), is(2));
  }

  @Test
  void restartGoesOnBehindTheCheckpoint() throws Exception {
    String block = ("x".repeat(1023) + "\n").repeat(1024);
    land("a.csv", "1", NOON.minusSeconds(60));
    land("b.csv", block + block + "last", NOON.minusSeconds(30));
    FollowedFiles source = files();
    FollowedFilesReader first = source.createReader(OPTIONS, null);
    assertThat(first.start(), is(true));
    assertThat(first.advance(), is(true));
    FollowMark mark = copied(source, first.getCheckpointMark());
    List<String> rest = read(first);
    FollowedFilesReader second = source.createReader(OPTIONS, mark);
    assertThat(read(second), is(rest));
    assertThat(rest.get(rest.size() - 1).endsWith("last"), is(true));
    FollowedFilesReader third =
        source.createReader(OPTIONS, copied(source, second.getCheckpointMark()));
    assertThat(read(third), is(empty()));
    assertThat(third.getCheckpointMark().done().size(), is(2));
    Files.delete(folder.resolve("a.csv"));
    watch.set(NOON.plusSeconds(5));
    assertThat(read(third), is(empty()));
    assertThat("only files that are there", third.getCheckpointMark().done().size(), is(1));
  }

  @Test
  void watermarkIsThatOfTheOldestUnreadFileAndAdvancesWhenIdle() throws Exception {
    FollowedFiles source = files();
    FollowedFilesReader reader = source.createReader(OPTIONS, null);
    assertThat(reader.start(), is(false));
    assertThat(reader.getWatermark().getMillis(), is(NOON.toEpochMilli()));
    land("a.csv", "1", NOON.plusSeconds(10));
    land("b.csv", "2", NOON.plusSeconds(20));
    watch.set(NOON.plusSeconds(30));
    assertThat(reader.advance(), is(true));
    assertThat(reader.getCurrentTimestamp().getMillis(), is(NOON.plusSeconds(10).toEpochMilli()));
    assertThat(reader.getWatermark().getMillis(), is(NOON.plusSeconds(10).toEpochMilli()));
    assertThat(reader.advance(), is(true));
    assertThat(reader.getWatermark().getMillis(), is(NOON.plusSeconds(20).toEpochMilli()));
    watch.set(NOON.plusSeconds(40));
    assertThat(reader.advance(), is(false));
    assertThat("idle", reader.getWatermark().getMillis(), is(NOON.plusSeconds(40).toEpochMilli()));
    land("late.csv", "3", NOON);
    watch.set(NOON.plusSeconds(50));
    assertThat(reader.advance(), is(true));
    assertThat(
        "never back", reader.getWatermark().getMillis(), is(NOON.plusSeconds(40).toEpochMilli()));
  }
}
