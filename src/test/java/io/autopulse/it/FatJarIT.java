package io.autopulse.it;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.autopulse.operations.metabase.ShippedContent;
import io.autopulse.testing.AutopulseJar;
import io.autopulse.testing.AutopulseJar.Result;
import io.autopulse.testing.Landing;
import io.autopulse.testing.MetabaseApi;
import io.autopulse.testing.RundeckServer;
import io.autopulse.testing.snowflake.MetadataService;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The jar works wherever it is copied to: a plain {@code java -jar}, no flag and no file beside.
 */
class FatJarIT {
  private static final long MEGABYTE = 1_000_000;

  @TempDir Path folder;

  @Test
  void jarIsNotLargerThanItsPartsNeed() throws IOException {
    assertThat(Files.size(AutopulseJar.file()), is(lessThan(230 * MEGABYTE)));
  }

  @Test
  void everyCommandRunsFromTheJarAlone() {
    AutopulseJar plain = AutopulseJar.plain(folder);
    AutopulseJar jar = AutopulseJar.in(folder);
    assertThat(jar.succeed("--help").out(), containsString("backfill"));
    jar.succeed("generate", "--to", "landing", "--versions", "3000", "--defects", "0.02");

    String runId = runId(jar.succeed("run", "landing/manifest.yaml", "--runner-config", "direct"));
    Result onFlink =
        plain.succeed("run", "landing/manifest.yaml", "--runner-config", "flink-local");
    assertThat(onFlink.out(), containsString("19 audits passed"));
    assertThat(
        "no log of Flink, no warning of the JVM", onFlink.err(), not(containsString("WARN")));

    assertThat(
        jar.succeed(
                "sql",
                "select runner, status from load_runs order by started_at",
                "--format",
                "csv")
            .out()
            .lines()
            .toList(),
        is(List.of("runner,status", "DirectRunner,PUBLISHED", "FlinkRunner,PUBLISHED")));
    assertThat(jar.succeed("runs").out(), containsString(runId));
    assertThat(
        jar.succeed("replay", "landing/manifest.yaml", "--run", runId).out(),
        containsString("published all dates"));
    assertThat(
        jar.succeed(
                "backfill", "landing/manifest.yaml", "--from", "2024-03-01", "--to", "2024-04-01")
            .out(),
        containsString("published 2024-02-26 to 2024-04-01"));
  }

  @Test
  void holidaysAreReadAndNoParserOfXmlIsReplaced() throws Exception {
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    URL[] jar = {AutopulseJar.file().toUri().toURL()};
    try (URLClassLoader alone = new URLClassLoader(jar, ClassLoader.getPlatformClassLoader())) {
      Thread.currentThread().setContextClassLoader(alone);
      Class<?> holidays = alone.loadClass("io.autopulse.transform.calendar.CountryHolidays");
      Object norway = holidays.getMethod("of", String.class).invoke(null, "no");
      assertThat(
          ((Set<?>) holidays.getMethod("of", int.class).invoke(norway, 2026))
              .contains(LocalDate.of(2026, 5, 17)),
          is(true));
      assertThat(
          "the JDK's",
          XMLInputFactory.newFactory().getClass().getName(),
          startsWith("com.sun.xml.internal.stream."));
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  @Test
  void rundecksClientRunsFromTheJarAlone() {
    try (RundeckServer rundeck = RundeckServer.start()) {
      AutopulseJar jar = AutopulseJar.in(folder).with(rundeck.environment());
      String jobs =
          Path.of(System.getProperty("basedir", ""), "rundeck").toAbsolutePath().toString();
      assertThat(
          jar.run("jobs", "diff", "--folder", jobs).mustExit(3).out(), containsString("9 missing"));
      assertThat(jar.succeed("jobs", "deploy", "--folder", jobs).out(), containsString("9 added"));
      rundeck.job("marts").put("timeout", "1h");
      assertThat(
          jar.run("jobs", "diff", "--folder", jobs).mustExit(3).out(),
          containsString("    timeout: 1h -> 5h"));
      assertThat(
          jar.succeed("jobs", "deploy", "--folder", jobs).out(), containsString("1 updated"));
      assertThat(
          jar.succeed("jobs", "diff", "--folder", jobs).out(), containsString("9 as in the files"));
    }
  }

  @Test
  void jarAppliesDashboardsToAMetabase() {
    String content =
        Path.of(System.getProperty("basedir", ""), "dashboards/metabase")
            .toAbsolutePath()
            .toString();
    try (MetabaseApi metabase = MetabaseApi.start(ShippedContent.columns())) {
      AutopulseJar jar = AutopulseJar.in(folder).with(metabase.environment());
      assertThat(
          jar.run("metabase", "plan", "--folder", content).mustExit(3).out(),
          containsString("+ dashboard Sales"));
      assertThat(
          jar.succeed("metabase", "apply", "--folder", content).out(),
          containsString(", 0 as in the files."));
      assertThat(
          jar.succeed("metabase", "plan", "--folder", content).out(),
          containsString("0 to create, 0 to update, 0 to delete"));
    }
  }

  @Test
  void metadataServiceIsAskedOnlyByThoseWhoAllowIt() throws IOException {
    Path manifest = Landing.generate(folder.resolve("landing"), 10, 0);
    try (MetadataService metadata = MetadataService.start()) {
      AutopulseJar jar = AutopulseJar.in(folder).with(metadata.environment());
      jar.succeed("run", manifest.toString(), "--runner-config", "flink-local");
      assertThat(metadata.asked(), is(0));

      Map<String, String> allowed = new HashMap<>(metadata.environment());
      allowed.put("AWS_EC2_METADATA_DISABLED", "false");
      jar.with(allowed).succeed("run", manifest.toString(), "--runner-config", "direct");
      assertThat(metadata.asked(), is(greaterThan(0)));
    }
  }

  @Test
  void whatTheUserCanMendExitsTwoAndNamesIt() {
    AutopulseJar jar = AutopulseJar.in(folder);
    assertThat(
        jar.run("run", "nothing.yaml").mustExit(2).err(),
        containsString("nothing.yaml: there is no such manifest"));
    assertThat(jar.run("ruin").mustExit(2).err(), containsString("Did you mean"));
  }

  static String runId(Result run) {
    return run.out().split(" ", 3)[1];
  }
}
