package io.autopulse.operations.rundeck;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.autopulse.cli.InProcessCli;
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
import picocli.CommandLine.ParseResult;

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
    assertThat(String.join(" ", words(job, Map.of())), is(("job " + job + " " + options).strip()));
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

  @Test
  void everyCallIsOneThatTheCommandLineKnows() throws Exception {
    for (JobFile job : ShippedFolder.read().jobs()) {
      for (JobStep.Call call : job.calls()) {
        for (String value : List.of("", "2026-03-29")) {
          ParseResult parsed =
              InProcessCli.parse(
                      run(call.command(), Map.of("for", value, "from", value, "to", value)))
                  .subcommand();
          assertThat(parsed.commandSpec().name(), is("job"));
          assertThat(parsed.matchedPositionalValue(0, ""), is(job.name()));
        }
      }
    }
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

  /** {@code bin/autopulse} of the source tree, with a Java that shows what it is given. */
  @Test
  void secretsAreVariablesOfTheCommandAndNeverWords() throws Exception {
    Path java = Files.createDirectories(temporary.resolve("java/bin")).resolve("java");
    Files.writeString(
        java,
        """
        #!/bin/sh
        printf '%s\\n' "$@"
        echo "key=$AUTOPULSE_SNOWFLAKE_PRIVATE_KEY"
        echo "passphrase=${AUTOPULSE_SNOWFLAKE_PRIVATE_KEY_PASSPHRASE-none}"
        env | grep -c RD_OPTION_AUTOPULSE
        exit 0
        """);
    java.toFile().setExecutable(true);
    Path jar = Files.createFile(temporary.resolve("autopulse.jar"));
    Path command = folder.resolve("bin/autopulse");
    Files.delete(command);
    Files.createSymbolicLink(
        command, ShippedFolder.FOLDER.toAbsolutePath().resolveSibling("bin/autopulse"));

    for (String key : List.of("first \"$(id)\"\nRD_OPTION_AUTOPULSE_X=1\nend", "rotated")) {
      ProcessBuilder process =
          RundeckStep.process(
              ShippedFolder.job("marts").calls().get(0).command(),
              Map.of(
                  "autopulse_snowflake_private_key",
                  key,
                  "autopulse_snowflake_private_key_passphrase",
                  ""),
              folder);
      process.environment().put("JAVA_HOME", temporary.resolve("java").toString());
      process.environment().put("AUTOPULSE_JAR", jar.toString());
      assertThat(process.command().stream().anyMatch(word -> word.contains(key)), is(false));
      String out = output(process);
      assertThat(
          out.substring(out.indexOf("-jar")),
          is(
              "-jar\n"
                  + jar
                  + "\njob\nmarts\nkey="
                  + key
                  + "\npassphrase=none\n"
                  + (key.contains("_X") ? "1" : "0")
                  + "\n"));
    }
  }

  private List<String> words(String job, Map<String, String> options) throws Exception {
    return run(ShippedFolder.job(job).calls().get(0).command(), options);
  }

  private List<String> run(String command, Map<String, String> options) throws Exception {
    return output(RundeckStep.process(command, options, folder)).lines().toList();
  }

  private static String output(ProcessBuilder builder) throws Exception {
    Process process = builder.redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(out, process.waitFor(), is(0));
    return out;
  }
}
