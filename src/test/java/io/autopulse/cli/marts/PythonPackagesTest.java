package io.autopulse.cli.marts;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.problem.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is missing is named, and an environment is used only when it is complete. */
class PythonPackagesTest {
  @TempDir private Path folder;

  private final List<String> progress = new ArrayList<>();

  @Test
  void pythonThatIsMissingIsNamed() throws IOException {
    InputException error = assertThrows(InputException.class, () -> interpreter("python-9.9"));
    assertThat(
        error.getMessage(),
        allOf(
            containsString("python-9.9: the marts are built by dbt"),
            containsString("needs Python 3.11 or later"),
            containsString("apt-get install python3-venv"),
            containsString("AUTOPULSE_PYTHON")));
    assertThat(progress, is(List.of()));
  }

  @Test
  void packagesThatCannotBeInstalledAreNamedAndTriedAgain() throws IOException {
    // Makes a folder with a Python like itself, which cannot install for as long as a file is
    // there.
    String python =
        script(
            """
            case "$1" in
              -m) mkdir -p "$3/bin" && cp "$0" "$3/bin/python";;
              */install.py) test ! -e "%s" || { echo "first line"; echo "no such version"; exit 1; };;
            esac
            """
                .formatted(folder.resolve("offline")));
    Files.createFile(folder.resolve("offline"));
    InputException error = assertThrows(InputException.class, () -> interpreter(python));
    assertThat(
        error.getMessage(),
        allOf(
            containsString("pip: dbt cannot be installed: no such version"),
            containsString("registry")));

    Files.delete(folder.resolve("offline"));
    Path made = interpreter(python);
    assertThat(Files.isExecutable(made), is(true));
    assertThat(progress.size(), is(2));
    // Complete: no Python is asked any more.
    assertThat(interpreter("python-9.9"), is(made));
    assertThat(progress.size(), is(2));
  }

  private Path interpreter(String python) throws IOException {
    Path requirements = Files.writeString(folder.resolve("requirements.txt"), "dbt==0\n");
    return PythonPackages.interpreter(
        requirements, folder, Map.of(PythonPackages.PYTHON, python), progress::add);
  }

  private String script(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("python"), "#!/bin/sh\n" + text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return file.toString();
  }
}
