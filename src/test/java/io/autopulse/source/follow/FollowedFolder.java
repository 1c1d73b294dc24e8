package io.autopulse.source.follow;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.autopulse.domain.feed.CsvDialect;
import io.autopulse.domain.feed.RawBlock;
import io.autopulse.source.file.FileFormat;
import io.autopulse.testing.HandClock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A folder that is followed, and a clock that is moved by hand. */
abstract class FollowedFolder {
  static final PipelineOptions OPTIONS = PipelineOptionsFactory.create();
  static final FileFormat CSV = FileFormat.csv("UTF-8", CsvDialect.RFC_4180);
  static final Instant NOON = Instant.parse("2024-05-14T12:00:00Z");
  static final String SALES = "id,price\nA1,20000.00\nA2,25000.00\n";

  @TempDir Path folder;
  final HandClock clock = new HandClock(NOON);
  FollowedFilesReader reader;

  @BeforeAll
  static void registerFileSystems() {
    FileSystems.setDefaultPipelineOptions(OPTIONS);
  }

  @BeforeEach
  void startAnew() {
    follow("/*", CSV, null);
  }

  void follow(String pattern, FileFormat format, FollowMark mark) {
    reader = source(pattern, format).createReader(OPTIONS, mark);
  }

  private FollowedFiles source(String pattern, FileFormat format) {
    return new FollowedFiles(
        folder + pattern, format, Duration.ofMillis(500), Duration.ofSeconds(2), clock);
  }

  void restart() throws IOException {
    restart("/*", CSV);
  }

  void restart(String pattern, FileFormat format) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new FollowMark.MarkCoder().encode(reader.getCheckpointMark(), bytes);
    reader.close();
    follow(
        pattern,
        format,
        new FollowMark.MarkCoder().decode(new ByteArrayInputStream(bytes.toByteArray())));
  }

  Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  void append(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text, StandardOpenOption.APPEND);
  }

  /** Looks each half second; returns what is read: the records, or why a file cannot be read. */
  List<String> read(Duration duration) throws IOException {
    List<String> texts = new ArrayList<>();
    for (long millis = 0; millis <= duration.toMillis(); millis += 500) {
      while (reader.advance()) {
        RawBlock block = reader.getCurrent();
        boolean notice = block.format() == RawBlock.Format.NOTICE;
        texts.add(
            notice
                ? name(block) + ":" + block.firstLine() + " " + block.header().get(1)
                : new String(block.text(), UTF_8).strip());
      }
      clock.pass(Duration.ofMillis(500));
    }
    return texts;
  }

  List<String> read(int seconds) throws IOException {
    return read(Duration.ofSeconds(seconds));
  }

  private static String name(RawBlock block) {
    return String.valueOf(Path.of(block.origin()).getFileName());
  }

  static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }

  static String lines(int count) {
    Random random = new Random(7);
    StringBuilder text = new StringBuilder("id,price\n");
    for (int i = 0; i < count; i++) {
      text.append(i).append(',').append(random.nextLong()).append('\n');
    }
    return text.toString();
  }
}
