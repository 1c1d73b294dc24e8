package io.autopulse.operations.rundeck;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.autopulse.testing.RundeckStep;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the command of each job becomes: the words that {@code bin/autopulse} is given after Rundeck
 * has substituted and a shell has read it.
 */
class RundeckCommandLinesTest {
  @TempDir Path temporary;

  private Path folder;

  @BeforeEach
  void makeACommandThatShowsItsWords() throws IOException {
    folder = Files.createDirectories(temporary.resolve("a folder's name"));
    Path command = Files.createDirectories(folder.resolve("bin")).resolve("autopulse");
    Files.writeString(command, "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
    command.toFile().setExecutable(true);
  }

  @ParameterizedTest
  @CsvSource({
    "market-sync, ''",
    "daily-refresh, --for=",
    "weekly-trends, --for=",
    "weekly-forecast, --for=",
    "marts, ''",
    "daily-backfill, '--from= --to='",
    "reconcile-snowpipe, ''",
    "data-health, ''"
  })
  void optionsWithoutAValueAreEmptyWords(String job, String options) throws Exception {
    assertThat(
        String.join(" ", words(job, Map.of())), is(("job " + job + " " + options).strip()));
  }

  @Test
  void datesAreGivenToTheCall() throws Exception {
    assertThat(
        words("daily-refresh", Map.of("for", "2026-03-29")),
        is(List.of("job", "daily-refresh", "--for=2026-03-29")));
    assertThat(
        words("daily-backfill", Map.of("from", "2026-01-01", "to", "2026-03-01")),
        is(List.of("job", "daily-backfill", "--from=2026-01-01", "--to=2026-03-01")));
  }

  /** Rundeck refuses them by the option's regex; if it did not, no shell would read them. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a  b",
        " ",
        "it's",
        "say \"no\"",
        "$(touch hacked)",
        "`touch hacked`",
        "; touch hacked",
        "&& touch hacked #",
        "--from=2026-01-01 x",
        "$HOME",
        "*",
        "\\",
        "${option.from}"
      })
  void valueOfAnyTextIsOneWord(String value) throws Exception {
    assertThat(
        words("daily-refresh", Map.of("for", value)),
        is(List.of("job", "daily-refresh", "--for=" + value)));
    assertThat(
        words("daily-backfill", Map.of("from", value, "to", value)),
        is(List.of("job", "daily-backfill", "--from=" + value, "--to=" + value)));
    assertThat(Files.exists(folder.resolve("hacked")), is(false));
  }

  /** Why the commands are not written with Rundeck's own references. */
  @Test
  void referenceThatRundeckPastesLosesAnEmptyValueOrIsReadByTheShell() throws Exception {
    String call = "cd ${node.folder} && exec bin/autopulse ";
    assertThat(
        run(call + "--for \"${option.for}\" --from 1", Map.of("for", "")),
        is(List.of("--for", "--from", "1")));
    assertThat(
        run(call + "--for=\"${option.for}\"", Map.of("for", "$(echo read)")),
        is(List.of("--for=read")));
  }

  private List<String> words(String job, Map<String, String> options) throws Exception {
    return run(ShippedFolder.job(job).calls().get(0).command(), options);
  }

  private List<String> run(String command, Map<String, String> options) throws Exception {
    Process process = RundeckStep.process(command, options, folder).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(out, process.waitFor(), is(0));
    return out.lines().toList();
  }
}
