package io.autopulse.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Create;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that a live job drops. */
class DropFilesTest {
  private static final String TABLE = DuckDbStaging.SALE_VERSIONS;

  @TempDir private Path directory;

  private LiveFolder folder;

  @BeforeEach
  void name() {
    folder = new LiveFolder(directory.resolve("live"));
  }

  @Test
  void everyElementIsInOneCompleteFile() {
    Pipeline pipeline = Pipeline.create();
    pipeline
        .apply(Create.of("a", "b", "c", "d"))
        .apply(DropFiles.into(folder, TABLE, DropFilesTest::lines));
    pipeline.run().waitUntilFinish();

    List<String> lines = new ArrayList<>();
    for (Path file : folder.waiting(TABLE)) {
      List<String> content = read(file);
      assertThat(content.remove(content.size() - 1), is("end"));
      lines.addAll(content);
    }
    assertThat(lines.stream().sorted().toList(), contains("a", "b", "c", "d"));
  }

  @Test
  void fileHasNoNameForReadersBeforeItsBundleEnds() throws Exception {
    DropFiles.WriteFn<String> write =
        new DropFiles.WriteFn<>(folder.root().toString(), TABLE, DropFilesTest::lines);
    write.write("a");
    assertThat(folder.waiting(TABLE), is(empty()));
    assertThat(names(), hasSize(1));

    write.write("b");
    write.finishBundle();
    assertThat(folder.waiting(TABLE), hasSize(1));
    assertThat(read(folder.waiting(TABLE).get(0)), contains("a", "b", "end"));
    assertThat(names(), hasSize(1));

    write.finishBundle();
    assertThat(names(), hasSize(1));
  }

  @Test
  void bundleThatFailsLeavesNoFile() throws Exception {
    DropFiles.WriteFn<String> write =
        new DropFiles.WriteFn<>(folder.root().toString(), TABLE, DropFilesTest::lines);
    write.write("a");
    assertThrows(IOException.class, () -> write.write("unwritable"));
    write.tearDown();

    assertThat(names(), is(empty()));
  }

  private static DropFiles.Rows<String> lines(WritableByteChannel channel) {
    return new DropFiles.Rows<>() {
      @Override
      public void add(String line) throws IOException {
        if (line.equals("unwritable")) {
          throw new IOException(line);
        }
        channel.write(ByteBuffer.wrap((line + "\n").getBytes(UTF_8)));
      }

      @Override
      public void finish() throws IOException {
        add("end");
      }
    };
  }

  private static List<String> read(Path file) {
    try {
      return new ArrayList<>(Files.readAllLines(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder.of(TABLE))) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
