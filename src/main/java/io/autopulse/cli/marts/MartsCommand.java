package io.autopulse.cli.marts;

import io.autopulse.cli.options.ManifestOptions;
import io.autopulse.cli.options.WarehouseOption;
import io.autopulse.domain.problem.InputException;
import io.autopulse.pipeline.manifest.JobSpec;
import io.autopulse.pipeline.manifest.Manifest;
import io.autopulse.pipeline.yaml.Scalars;
import io.autopulse.warehouse.WarehouseUri;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code autopulse marts}: builds and tests the marts of a warehouse by dbt, and shows them. */
@Command(
    name = "marts",
    description = {
      "Builds the marts for dashboards and analysts from the core tables, tests them, and shows them as the schema AUTOPULSE_MARTS.",
      "Readers see the marts of before until every test has passed. Needs Python 3.11 or later; installs dbt once, into AUTOPULSE_HOME."
    })
public final class MartsCommand implements Callable<Integer> {
  /** Unit tests are of the models, not of a warehouse: the build of Autopulse runs them. */
  private static final List<String> WITHOUT_UNIT_TESTS =
      List.of("--exclude-resource-type", "unit_test");

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "MANIFEST",
      description =
          "The YAML file of a job: the marts are those of its warehouse, the holidays those of its country.")
  private @Nullable Path manifest;

  @Mixin private WarehouseOption warehouse;

  @Option(
      names = "--country",
      paramLabel = "CODE",
      description =
          "Whose public holidays are no selling days: fr, or a region such as de-by (default: forecast.country of the manifest, or no holidays).")
  private @Nullable String country;

  @Option(
      names = "--full-refresh",
      description = "Make the facts anew, rather than restate the days that have changed.")
  private boolean fullRefresh;

  @Option(
      names = "--wait",
      paramLabel = "DURATION",
      defaultValue = "10m",
      description =
          "Wait so long while another process holds a DuckDB file (default: ${DEFAULT-VALUE}).")
  private String wait = "";

  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    long started = System.nanoTime();
    Map<String, String> environment = System.getenv();
    Duration patience = patience();
    Optional<Manifest> job =
        Optional.ofNullable(manifest).map(file -> ManifestOptions.read(file, List.of()));
    WarehouseUri uri =
        warehouse.given().or(() -> job.map(Manifest::warehouse)).orElseGet(warehouse::uri);
    DbtResults results =
        new Marts(
                uri,
                country(job),
                patience,
                MartsHome.of(environment, Path.of(System.getProperty("user.home"))),
                environment,
                this::progress)
            .build(Instant.now(), arguments());
    print(uri, results, (System.nanoTime() - started) / 1e9);
    return 0;
  }

  private void print(WarehouseUri uri, DbtResults results, double seconds) {
    PrintWriter out = command.commandLine().getOut();
    out.printf(
        Locale.ROOT,
        "Marts of %s: %d models made, %d tests passed, in %.1f s.%n",
        uri,
        results.models(),
        results.tests(),
        seconds);
    results.warnings().forEach(warning -> out.println("warning: " + warning));
    out.printf(
        "See: autopulse sql --warehouse %s \"select * from %s.mart_sales_by_model where grain = 'month' limit 10\"%n",
        uri, DbtBuild.SCHEMA);
    out.flush();
  }

  private Duration patience() {
    try {
      return Scalars.duration().apply(wait);
    } catch (InputException e) {
      throw e.at("--wait");
    }
  }

  private Optional<String> country(Optional<Manifest> job) {
    return country != null
        ? Optional.of(country)
        : job.map(Manifest::spec)
            .filter(JobSpec.Forecast.class::isInstance)
            .map(JobSpec.Forecast.class::cast)
            .flatMap(JobSpec.Forecast::country);
  }

  private List<String> arguments() {
    List<String> arguments = new ArrayList<>(WITHOUT_UNIT_TESTS);
    if (fullRefresh) {
      arguments.add("--full-refresh");
    }
    return arguments;
  }

  private void progress(String message) {
    PrintWriter err = command.commandLine().getErr();
    err.println(message);
    err.flush();
  }
}
