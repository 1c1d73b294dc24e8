package io.autopulse.cli.health;

import io.autopulse.cli.operations.JobsOption;
import io.autopulse.cli.options.WarehouseOption;
import io.autopulse.cli.text.Terminal;
import io.autopulse.domain.calendar.Holidays;
import io.autopulse.domain.problem.InputException;
import io.autopulse.operations.health.Health;
import io.autopulse.operations.health.HealthConfig;
import io.autopulse.operations.health.HealthConfigReader;
import io.autopulse.operations.health.HealthJson;
import io.autopulse.operations.health.HealthReport;
import io.autopulse.operations.health.PrometheusText;
import io.autopulse.operations.health.WarehouseAccess;
import io.autopulse.operations.schedule.JobsFile;
import io.autopulse.transform.calendar.CountryHolidays;
import io.autopulse.warehouse.Warehouse;
import io.autopulse.warehouse.duckdb.DuckDbSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code autopulse health}: looks at jobs, feeds, tables and figures, and alerts. */
@Command(
    name = "health",
    description = {
      "Says whether feeds, jobs, tables and figures are as they should be, grouped by cause, each with its remedy and runbook.",
      "Alerts when something opens and when it is over. Exit code 0: healthy, 3: errors, 2: a wrong call or file."
    })
public final class HealthCommand implements Callable<Integer> {
  /** A refresh publishes for minutes; that is no fault. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @Mixin private WarehouseOption warehouse;

  @Mixin private JobsOption jobs;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Thresholds, objectives and whom to alert (default: the shipped health.yaml).")
  private @Nullable Path config;

  @Option(
      names = "--at",
      paramLabel = "INSTANT",
      description =
          "Look as if it were then, such as 2026-03-02T06:30:00Z (default: now). Before the last look: nothing is alerted or kept.")
  private @Nullable String at;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "table, json or prometheus (default: table).")
  private Format format;

  @Spec private CommandSpec spec;

  /** How a report is printed. */
  enum Format {
    /** For people. */
    TABLE,
    /** For programs. */
    JSON,
    /** For the textfile collector of Prometheus' node exporter, or a push gateway. */
    PROMETHEUS;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public Integer call() {
    Map<String, String> environment = System.getenv();
    JobsFile file = jobs.read();
    HealthConfig healthy = new HealthConfigReader(environment).read(Optional.ofNullable(config));
    Instant instant = instant();
    String name = warehouse.uri().toString();
    HealthReport report =
        new Health(healthy, file, holidays(healthy), environment).look(access(), name, instant);
    print(report);
    return report.isHealthy() ? 0 : HealthReport.UNHEALTHY;
  }

  private Instant instant() {
    try {
      return at == null ? Instant.now().truncatedTo(ChronoUnit.SECONDS) : Instant.parse(at);
    } catch (DateTimeException e) {
      throw new InputException(
          "--at " + at, "is no instant", "Write it in UTC, such as 2026-03-02T06:30:00Z");
    }
  }

  private static Holidays holidays(HealthConfig config) {
    try {
      return config.country().<Holidays>map(CountryHolidays::of).orElse(Holidays.NONE);
    } catch (InputException e) {
      throw e.at("country");
    }
  }

  private WarehouseAccess access() {
    PrintWriter err = spec.commandLine().getErr();
    DuckDbSettings settings =
        DuckDbSettings.QUERY.withLockWait(PATIENCE).withProgress(err::println);
    return look -> {
      try (Warehouse opened = warehouse.open(settings);
          Connection connection = opened.connect()) {
        look.at(connection, opened.pending());
      }
    };
  }

  private void print(HealthReport report) {
    PrintWriter out = spec.commandLine().getOut();
    out.print(
        switch (format) {
          case TABLE -> HealthText.of(report, Terminal.takesColours());
          case JSON -> HealthJson.of(report);
          case PROMETHEUS -> PrometheusText.of(report);
        });
    out.flush();
    PrintWriter err = spec.commandLine().getErr();
    report
        .undelivered()
        .forEach(
            failure -> err.println("warning: an alert was not delivered and waits: " + failure));
    report
        .dropped()
        .forEach(
            alert ->
                err.println(
                    "warning: an alert is dropped, for its channel is not set up any more: "
                        + alert));
    err.flush();
  }
}
