package io.autopulse.testing;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An environment is there completely or not at all, and what is missing is named. */
class PythonEnvironmentIT {
  @TempDir Path folder;

  @Test
  void pythonThatIsMissingIsNamed() throws IOException {
    Path requirements = requirements("");
    IllegalStateException error =
        assertThrows(
            IllegalStateException.class,
            () -> PythonEnvironment.of(requirements, folder.resolve("made"), "python-9.9"));

    assertThat(
        error.getMessage(),
        allOf(containsString("needs Python 3.11 or later"), containsString("python3-venv")));
  }

  @Test
  void environmentWithoutItsPackagesIsNotKept() throws IOException {
    Path requirements = requirements("--no-index\nfakesnow==0.12.1\n");
    IllegalStateException error =
        assertThrows(
            IllegalStateException.class,
            () -> PythonEnvironment.of(requirements, folder.resolve("made")));

    assertThat(
        error.getMessage(),
        allOf(containsString(requirements.toString()), containsString("fakesnow==0.12.1")));
    try (Stream<Path> made = Files.list(folder.resolve("made"))) {
      assertThat(made.toList(), is(empty()));
    }
  }

  @Test
  void environmentIsMadeOnceForWhatTheFileSays() throws IOException {
    Path made = folder.resolve("made");
    PythonEnvironment first = PythonEnvironment.of(requirements("# none\n"), made);
    assertThat(Files.isExecutable(first.interpreter()), is(true));
    // A second one would ask this Python.
    assertThat(PythonEnvironment.of(requirements("# none\n"), made, "python-9.9"), is(first));
  }

  private Path requirements(String text) throws IOException {
    return Files.writeString(folder.resolve("requirements.txt"), text);
  }
}
