package io.autopulse.source.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.feed.CsvDialect;
import io.autopulse.domain.problem.InputException;
import io.autopulse.source.file.FileFormat;
import io.autopulse.testing.HandClock;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSnapshotTest {
  private static final Instant NOON = Instant.parse("2024-05-14T12:00:00Z");

  @TempDir Path folder;
  private final List<Long> pauses = new ArrayList<>();

  private Path write(String name, String text, Instant at) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    Files.setLastModifiedTime(file, FileTime.from(at));
    return file;
  }

  private FileSnapshot take(FileSnapshot.Pause pause) {
    return FileSnapshot.take(
        Map.of(folder + "/*", FileFormat.csv("UTF-8", CsvDialect.RFC_4180)),
        new HandClock(NOON),
        pause);
  }

  private FileSnapshot take() {
    return take(pauses::add);
  }

  @Test
  void changedAndVanishedFilesAreNamed() throws Exception {
    Path grown = write("a.csv", "id\n1\n", NOON);
    Path rewritten = write("b.csv", "id\n1\n", NOON);
    Path gone = write("c.csv", "id\n1\n", NOON);
    write("same.csv", "id\n1\n", NOON);
    FileSnapshot snapshot = take();
    snapshot.requireUnchanged();
    assertThat(snapshot.contents().orElseThrow().get(0), is(grown + " 5 " + NOON.toEpochMilli()));
    write("landed-later.csv", "id\n1\n", NOON);
    snapshot.requireUnchanged();
    assertThat("it may have been read or not", snapshot.contents(), is(Optional.empty()));

    Files.writeString(grown, "2\n", StandardOpenOption.APPEND);
    write("b.csv", "id\n2\n", NOON.plusMillis(1));
    Files.delete(gone);
    InputException changes = assertThrows(InputException.class, snapshot::requireUnchanged);
    String remedy = ". Nothing is published. Run again when the export is complete";
    assertThat(
        changes.getMessage().lines().toList(),
        contains(
            grown + ": it changed while the run read it: it had 5 bytes and has 7" + remedy,
            rewritten + ": it changed while the run read it: it had 5 bytes and has 5" + remedy,
            gone + ": it vanished while the run read it" + remedy));
    IllegalStateException problem = new IllegalStateException("unexpected end of file");
    assertThat(snapshot.reasonOf(problem).getMessage(), is(changes.getMessage()));
  }

  @Test
  void problemThatNoChangeExplainsIsTheReason() throws Exception {
    write("a.csv", "id\n1\n", NOON);
    IllegalStateException problem = new IllegalStateException("disk full");
    assertThat(take().reasonOf(problem), sameInstance(problem));
  }

  @Test
  void fileThatEndsWithinALineIsWaitedFor() throws Exception {
    Path file = write("a.csv", "id,price\nA1,25", NOON.minusSeconds(1));
    FileSnapshot snapshot =
        take(
            millis -> {
              pauses.add(millis);
              if (pauses.size() == 5) {
                try {
                  write("a.csv", "id,price\nA1,25000\n", NOON);
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              }
            });
    assertThat(pauses.size(), is(5));
    snapshot.requireUnchanged();
    assertThat(Files.size(file), is(18L));
  }

  @Test
  void fileWithoutAnEndOfItsLastLineIsReadAfterTwoSecondsOfQuiet() throws Exception {
    write("a.csv", "id\n1", NOON);
    write("b.csv", "id\n1", NOON.plusSeconds(30));
    take().requireUnchanged();
    assertThat("together", pauses.stream().mapToLong(Long::longValue).sum(), is(2_200L));
  }

  @Test
  void oldWholeAndGzippedFilesAreNotWaitedFor() throws Exception {
    write("old.csv", "id\n1", NOON.minusSeconds(61));
    write("whole.csv", "id\n1\r\n", NOON);
    Path zipped = folder.resolve("some.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
      out.write("id\n1".getBytes(UTF_8));
    }
    Files.setLastModifiedTime(zipped, FileTime.from(NOON));
    write(".hidden.csv", "id\n1", NOON);
    take().requireUnchanged();
    assertThat(pauses, is(empty()));
  }

  @Test
  void fileThatGrowsOnEndsTheWaitAfterAMinute() throws Exception {
    write("a.csv", "id\n1", NOON);
    InputException growing =
        assertThrows(
            InputException.class,
            () ->
                take(
                    millis -> {
                      pauses.add(millis);
                      try {
                        write("a.csv", "id\n" + "1".repeat(pauses.size() + 1), NOON);
                      } catch (IOException e) {
                        throw new IllegalStateException(e);
                      }
                    }));
    assertThat(growing.getMessage(), containsString("a.csv: it is still being written"));
    assertThat(pauses.stream().mapToLong(Long::longValue).sum(), is(60_200L));
  }

  @Test
  void linkThatLeadsNowhereIsNamed() throws Exception {
    Files.createSymbolicLink(folder.resolve("link.csv"), folder.resolve("nowhere/x.csv"));
    InputException link = assertThrows(InputException.class, this::take);
    assertThat(
        link.getMessage(), containsString("link.csv: it is a link that leads nowhere. Restore"));
  }
}
