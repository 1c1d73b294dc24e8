package io.autopulse.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.autopulse.domain.problem.InputException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class GenerateCommandTest {
  @TempDir private Path folder;
  private final StringWriter err = new StringWriter();
  private Exception thrown = new IllegalStateException("nothing was thrown");

  @Test
  void optionsReachTheLandingZoneAndTheSummary() throws Exception {
    int exit =
        generate("--versions", "300", "--files", "2", "--defects", "0.1", "--jsonl", "--gzip");
    assertThat(exit, is(0));
    assertThat(err.toString(), containsString("300 versions of "));
    assertThat(err.toString(), containsString("30 defects"));
    assertThat(err.toString(), containsString("Next: autopulse run " + zone() + "/manifest.yaml"));
    try (var files = Files.list(zone().resolve("erp/sales"))) {
      assertThat(files.filter(file -> file.toString().endsWith(".jsonl.gz")).count(), is(2L));
    }
    try (var files = Files.list(zone().resolve("market/registrations"))) {
      assertThat(files.filter(file -> file.toString().endsWith(".jsonl.gz")).count(), is(2L));
    }
    assertThat(err.toString(), containsString("Then: autopulse run " + zone() + "/market.yaml"));
    assertThat(Files.exists(zone().resolve("truth/kpis.csv")), is(true));
  }

  @Test
  void noTruthIsWrittenIfNoneIsWanted() {
    assertThat(generate("--versions", "300", "--no-truth"), is(0));
    assertThat(Files.exists(zone().resolve("truth")), is(false));
    assertThat(Files.exists(zone().resolve("manifest.yaml")), is(true));
  }

  @Test
  void timeZoneAndDatesReachTheManifestAndTheSales() throws Exception {
    generate(
        "--versions",
        "200",
        "--from",
        "2023-05-01",
        "--until",
        "2023-05-02",
        "--timezone",
        "Asia/Tokyo");
    assertThat(
        Files.readString(zone().resolve("manifest.yaml")),
        containsString("timezone: Asia/Tokyo\n"));
    List<String> totals =
        Files.readAllLines(zone().resolve("truth/kpis.csv")).stream()
            .filter(line -> line.startsWith("day") && line.contains(",total,"))
            .toList();
    assertThat(totals.size(), is(1));
    assertThat(totals.get(0), containsString("day,2023-05-01,2023-05-02,total,ALL,"));
  }

  @Test
  void impossibleOptionsAreInputErrorsThatNameTheOption() {
    assertRefused("--defects: 2.0 is not a share", "--defects", "2");
    assertRefused("--versions: 0 is out of range", "--versions", "0");
    assertRefused("--from, --until: no day lies", "--until", "2024-01-01");
    assertRefused("their sum exceeds 1", "--cancellations", "0.6", "--returns", "0.6");
    assertRefused("plausible range", "--from", "1900-01-01");
    assertThat(Files.exists(zone()), is(false));
  }

  private void assertRefused(String message, String... options) {
    generate(options);
    assertThat(thrown.getClass(), is((Object) InputException.class));
    assertThat(thrown.getMessage(), containsString(message));
  }

  private Path zone() {
    return folder.resolve("zone");
  }

  private int generate(String... options) {
    List<String> arguments = new ArrayList<>(List.of("--to", zone().toString()));
    arguments.addAll(List.of(options));
    return new CommandLine(new GenerateCommand())
        .setErr(new PrintWriter(err))
        .setExecutionExceptionHandler(
            (e, command, result) -> {
              thrown = e;
              return 1;
            })
        .execute(arguments.toArray(String[]::new));
  }
}
