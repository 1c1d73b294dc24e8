package io.autopulse.source.file;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.feed.CsvDialect;
import io.autopulse.domain.problem.InputException;
import io.autopulse.source.file.record.FileHead;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnreadableTest {
  @TempDir Path folder;

  private static String problem(IOException e) {
    return String.valueOf(
        assertThrows(InputException.class, () -> Unreadable.of("in/a.csv", e)).getMessage());
  }

  @Test
  void fileThatVanishedIsNamed() {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
    FileFormat csv = FileFormat.csv("UTF-8", CsvDialect.RFC_4180);
    IOException gone =
        assertThrows(
            IOException.class, () -> FileHead.read(folder.resolve("a.csv").toString(), csv));
    assertThat(
        problem(gone),
        is(
            "in/a.csv: is no longer there, or is a link to a file that is not."
                + " Put it back or remove the link, and run the job again"));
  }

  @Test
  void fileWithoutPermissionIsNamed() {
    String message =
        "in/a.csv: may not be read: permission denied. Let the user of the job read it";
    assertThat(problem(new FileNotFoundException("in/a.csv (Permission denied)")), is(message));
    assertThat(problem(new AccessDeniedException("in/a.csv")), is(message));
  }

  @Test
  void failureThatMayPassKeepsItsKindAndGetsTheName() {
    IOException failure = Unreadable.of("s3://b/a.csv.gz", new IOException("Connection reset"));
    assertThat(failure.getMessage(), is("s3://b/a.csv.gz: Connection reset"));
  }
}
