package io.autopulse.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import io.autopulse.testing.AutopulseJar.Result;
import io.autopulse.testing.MigratedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthCommandTest {
  @TempDir Path folder;

  private String warehouse;
  private String jobs;
  private String config;

  @BeforeEach
  void write() throws IOException {
    warehouse = "duckdb:" + MigratedFile.at(folder.resolve("w.duckdb"));
    jobs =
        Files.writeString(
                folder.resolve("jobs.yaml"),
                """
                timezone: Europe/Paris
                state: %s
                jobs:
                  marts: {description: Builds., schedule: "0 30 6 * * ? *", steps: [[marts]], timeout: 1h}
                """
                    .formatted(folder))
            .toString();
    String shipped = Files.readString(Path.of("pipelines/health.yaml"));
    config =
        Files.writeString(
                folder.resolve("health.yaml"), shipped.substring(0, shipped.indexOf("\nalerts:")))
            .toString();
  }

  private Result health(String... more) {
    List<String> words =
        new ArrayList<>(
            List.of("health", "--warehouse", warehouse, "--jobs", jobs, "--config", config));
    words.addAll(List.of(more));
    return InProcessCli.run(words.toArray(new String[0]));
  }

  @Test
  void saysThatNothingIsWrongAndEndsWithZero() {
    Result first = health("--at", "2026-03-02T06:30:00Z").mustExit(0);
    assertThat(
        first.out(),
        startsWith("Health of " + warehouse + " at 2026-03-02T06:30:00Z: nothing is wrong\n"));
  }

  @Test
  void seesFromCronAloneThatAJobNeverStarted() {
    health("--at", "2026-03-02T06:30:00Z").mustExit(0);
    String out = health("--at", "2026-03-03T06:30:00Z").mustExit(3).out();
    assertThat(
        out,
        is(
            """
            Health of %s at 2026-03-03T06:30:00Z: 1 error, 0 warnings

            ERROR  job:marts  job-never-started, since 2026-03-03T05:30:00Z
              has never started; it was due at 2026-03-03T05:30:00Z
              Remedy: Look whether the scheduler has the job, then: autopulse job marts
              Runbook: docs/runbooks/job-not-started.md

            objective  holds  bad hours  allowed  budget used
            ─────────  ──────  ─────────  ───────  ───────────
            fresh      93.0 %%        0.0     50.4        0.0 %%
            right      93.0 %%        0.0     50.4        0.0 %%
            run        93.0 %%        0.0     50.4        0.0 %%
            """
                .formatted(warehouse)
                .replace("objective  holds  bad", "objective   holds  bad")));
  }

  @Test
  void printsJsonAndThePrometheusFormat() {
    assertThat(
        health("--format", "json").out(),
        allOf(startsWith("{\n  \"at\" : "), containsString("\"healthy\" : true")));
    assertThat(health("--format", "prometheus").out(), startsWith("# HELP autopulse_healthy "));
  }

  @Test
  void wrongCallOrFileEndsWithTwo() throws IOException {
    assertThat(
        health("--at", "yesterday").mustExit(2).err(),
        is(
            "error: --at yesterday: is no instant. Write it in UTC, such as 2026-03-02T06:30:00Z\n"));
    Path country = folder.resolve("country.yaml");
    Files.writeString(country, "country: xx\n" + Files.readString(Path.of(config)));
    config = country.toString();
    assertThat(
        health().mustExit(2).err(),
        startsWith("error: country: there are no holidays of a country \"xx\""));
    assertThat(
        InProcessCli.run("health", "--warehouse", "oracle:x", "--jobs", jobs).mustExit(2).err(),
        startsWith("error: --warehouse: \"oracle:x\" is not a warehouse"));
  }
}
