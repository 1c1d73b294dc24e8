package io.autopulse.source.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.feed.CsvDialect;
import io.autopulse.domain.problem.InputException;
import io.autopulse.source.file.FileFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadFilesTest {
  private static final FileFormat CSV = FileFormat.csv("UTF-8", CsvDialect.RFC_4180);

  @TempDir Path folder;

  private PCollection<String> read(Pipeline pipeline, String pattern) {
    return pipeline
        .apply(ReadFiles.matching(folder + "/" + pattern, CSV))
        .apply(
            MapElements.into(TypeDescriptors.strings())
                .via(
                    block ->
                        Path.of(block.origin()).getFileName()
                            + ":"
                            + block.firstLine()
                            + " "
                            + new String(block.text(), UTF_8)));
  }

  private void assertRead(String pattern, List<String> texts) {
    Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.create());
    PAssert.that(read(pipeline, pattern)).containsInAnyOrder(texts);
    pipeline.run().waitUntilFinish();
  }

  private String failure(String pattern) {
    Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.create());
    read(pipeline, pattern);
    Throwable failure =
        assertThrows(RuntimeException.class, () -> pipeline.run().waitUntilFinish());
    while (failure != null && !(failure instanceof InputException)) {
      failure = failure.getCause();
    }
    return String.valueOf(failure == null ? null : failure.getMessage()).replace(folder + "/", "");
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(text.getBytes(UTF_8));
    }
    return out.toByteArray();
  }

  private static String records() {
    StringBuilder text = new StringBuilder("id\n");
    for (int i = 0; i < 300_000; i++) {
      text.append(Integer.toHexString(i * 0x9e3779b9)).append('\n');
    }
    return text.toString();
  }

  @Test
  void hiddenAndIncompleteFilesAreNotReadUnlessTheyAreNamed() throws IOException {
    write("a.csv", "id\n1\n");
    write("._a.csv", "\u0000\u0005\u0016\u0007 Mac OS X");
    write("_b.csv", "id\n2\n");
    write("~$c.csv", "lock");
    assertRead("*.csv", List.of("a.csv:2 1\n"));
    assertRead("_b.csv", List.of("_b.csv:2 2\n"));
  }

  @Test
  void nameWithTheCharactersOfAGlobIsRead() throws IOException {
    write("export[1].csv", "id\n1\n");
    write("export1.csv", "id\n2\n");
    write("what?.csv", "id\n3\n");
    assertRead("export[1].csv", List.of("export[1].csv:2 1\n"));
    assertRead("*.csv", List.of("export[1].csv:2 1\n", "export1.csv:2 2\n", "what?.csv:2 3\n"));
  }

  @Test
  void gzipThatEndsTooEarlyFailsWithItsName() throws IOException {
    byte[] whole = gzip(records());
    Files.write(folder.resolve("cut.csv.gz"), Arrays.copyOf(whole, whole.length - 1000));
    assertThat(
        failure("*.gz"),
        is("cut.csv.gz: is a gzip file that ends too early. Copy or export it again"));
  }

  @Test
  void damagedGzipFailsWithItsName() throws IOException {
    byte[] damaged = gzip(records());
    for (int i = damaged.length / 2; i < damaged.length / 2 + 64; i++) {
      damaged[i] ^= 0x55;
    }
    Files.write(folder.resolve("damaged.csv.gz"), damaged);
    assertThat(failure("*.gz"), startsWith("damaged.csv.gz: is a damaged gzip file: "));
    // What follows a member must not be lost, as an unzipper that stops there would.
    ByteArrayOutputStream two = new ByteArrayOutputStream();
    two.writeBytes(gzip("id\n1\n"));
    two.writeBytes("garbage".getBytes(UTF_8));
    Files.write(folder.resolve("damaged.csv.gz"), two.toByteArray());
    assertThat(failure("*.gz"), startsWith("damaged.csv.gz: is a damaged gzip file: "));
  }

  @Test
  void fileOfAnotherKindFailsTheRun() throws IOException {
    write("a.csv", "id\n1\n");
    write("b.csv", "PK\u0003\u0004 and more");
    assertThat(
        failure("*.csv"),
        is(
            "b.csv: is a ZIP archive or an Excel workbook (xlsx), not CSV. Set from.type: xlsx for workbooks; unzip archives"));
  }
}
