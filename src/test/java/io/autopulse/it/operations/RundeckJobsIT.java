package io.autopulse.it.operations;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.generate.world.GenerateSpec;
import io.autopulse.testing.AutopulseJar;
import io.autopulse.testing.Landing;
import io.autopulse.testing.Nightly;
import io.autopulse.testing.RundeckStep;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands of Rundeck's jobs, exactly as their files have them, run on generated data with
 * secrets in their environment; then everything that was written is searched for the secrets.
 */
class RundeckJobsIT {
  private static final Path ROOT = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final String STORED = "q7Zt-of-key-storage-";

  @TempDir Path temporary;

  private final List<String> outputs = new ArrayList<>();
  private final List<String> arguments = new ArrayList<>();
  private Path folder;

  @BeforeEach
  void prepare() throws IOException {
    folder = Files.createDirectories(temporary.resolve("a folder/autopulse"));
    Files.createDirectories(folder.resolve("bin"));
    Files.createSymbolicLink(folder.resolve("bin/autopulse"), ROOT.resolve("bin/autopulse"));
    Files.createSymbolicLink(folder.resolve("pipelines"), ROOT.resolve("pipelines"));
    Files.createSymbolicLink(folder.resolve("runner-configs"), ROOT.resolve("runner-configs"));
    Landing.generate(
        GenerateSpec.into(folder.resolve("landing"))
            .withVersions(Nightly.size(600, 20_000))
            .withSizes(4, 6, 1)
            .withPeriod(new BusinessInterval(LocalDate.of(2024, 2, 1), LocalDate.of(2024, 4, 1))));
  }

  @Test
  void everyCommandRunsAndNoSecretIsWritten() throws Exception {
    succeed("daily-refresh", Map.of("for", "2024-03-31"));
    assertThat(
        "the step says what it is for",
        run("reconcile-snowpipe", Map.of()),
        containsString("To reconcile is for warehouses snowflake://"));
    succeed("daily-backfill", Map.of("from", "2024-03-04", "to", "2024-03-11"));
    assertThat(
        "old sales are a finding, not a wrong call",
        run("data-health", Map.of()),
        containsString(" exit=3 attempts=1 "));
    if (Nightly.runs()) {
      succeed("market-sync", Map.of());
      succeed("weekly-trends", Map.of("for", "2024-04-01"));
      succeed("weekly-forecast", Map.of("for", "2024-04-01"));
      succeed("marts", Map.of());
    }
    assertThat(new WrittenFiles(temporary).with(STORED), is(empty()));
    assertThat(outputs.stream().filter(text -> text.contains(STORED)).toList(), is(empty()));
    assertThat(arguments.stream().filter(text -> text.contains(STORED)).toList(), is(empty()));
    assertThat(
        "the processes were looked at",
        arguments.stream().anyMatch(text -> text.contains("daily-refresh")),
        is(true));
  }

  private void succeed(String job, Map<String, String> options) throws Exception {
    String out = run(job, options);
    assertThat(out, containsString("outcome=SUCCEEDED exit=0 attempts=1 "));
    Pattern filter = Pattern.compile(step(job).at("/plugins/LogFilter/0/config/regex").asText());
    List<String> runs =
        out.lines()
            .map(filter::matcher)
            .filter(Matcher::matches)
            .map(matcher -> matcher.group(2))
            .toList();
    // A build of the marts is no run.
    assertThat(runs, contains(job.equals("marts") ? is("-") : startsWith("r2")));
  }

  private static JsonNode step(String job) throws IOException {
    return YAML.readTree(ROOT.resolve("rundeck/jobs/" + job + ".yaml").toFile())
        .at("/0/sequence/commands/0");
  }

  /** Runs the command to the line that ends the attempt, whose exit code is the command's. */
  private String run(String job, Map<String, String> options) throws Exception {
    Map<String, String> all = new HashMap<>(options);
    all.put("autopulse_snowflake_private_key", STORED + "key\nsecond line");
    all.put("autopulse_snowflake_private_key_passphrase", STORED + "passphrase");
    Path out = temporary.resolve("out");
    ProcessBuilder builder =
        RundeckStep.process(step(job).path("exec").asText(), all, folder)
            .redirectErrorStream(true)
            .redirectOutput(out.toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "AUTOPULSE_JAR", AutopulseJar.file().toString(),
                "JAVA_HOME", System.getProperty("java.home"),
                "AUTOPULSE_HOME", ROOT.resolve("target/python/marts").toString(),
                "AUTOPULSE_DEBUG", "1"));
    Process process = builder.start();
    do {
      Stream.concat(Stream.of(process.toHandle()), process.descendants())
          .forEach(child -> arguments.add(commandLine(child)));
    } while (!process.waitFor(100, TimeUnit.MILLISECONDS));
    String text = Files.readString(out, StandardCharsets.UTF_8);
    outputs.add(text);
    assertThat(text, containsString("autopulse job=" + job + " "));
    assertThat(text, containsString(" exit=" + process.exitValue() + " attempts=1 "));
    return text;
  }

  private static String commandLine(ProcessHandle process) {
    return process.info().commandLine().orElse("");
  }
}
