package io.autopulse.cli;

import io.autopulse.cli.launch.BatchLauncher;
import io.autopulse.cli.summary.KpiReportText;
import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.generate.LandingZoneGenerator;
import io.autopulse.generate.work.GenerateProgress;
import io.autopulse.generate.world.GenerateSpec;
import io.autopulse.pipeline.manifest.ManifestReader;
import io.autopulse.pipeline.run.RunSummary;
import io.autopulse.pipeline.runner.RunnerConfigReader;
import io.autopulse.pipeline.yaml.Setting;
import io.autopulse.report.KpiReport;
import io.autopulse.warehouse.Warehouse;
import io.autopulse.warehouse.duckdb.DuckDbSettings;
import io.autopulse.warehouse.duckdb.DuckDbWarehouse;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code autopulse demo}: from nothing to the KPIs of a year of invented sales. */
@Command(
    name = "demo",
    showDefaultValues = true,
    description = {
      "Invents a year of sales of a dealer group, refreshes an embedded warehouse from them and shows its KPIs.",
      "Leaves the landing zone, its manifest and the warehouse in DIR, to look at and to run again."
    })
final class DemoCommand implements Callable<Integer> {
  @Option(
      names = "--to",
      paramLabel = "DIR",
      defaultValue = "target/demo",
      description = "Where the landing zone and the warehouse go.")
  private Path directory;

  @Option(
      names = "--versions",
      paramLabel = "N",
      defaultValue = "100000",
      description = "Sale versions to invent.")
  private long versions;

  @Option(
      names = "--open",
      description = "Then serve its dashboard and open it in the browser, until Ctrl-C.")
  private boolean open;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws IOException, SQLException {
    PrintWriter out = command.commandLine().getOut();
    Path landing = directory.resolve("landing");
    Path manifest = landing.resolve("manifest.yaml");
    Path database = directory.resolve("autopulse.duckdb");
    if (!Files.exists(manifest)) {
      LandingZoneGenerator.generate(
          GenerateSpec.into(landing)
              .withVersions(versions)
              .withPeriod(new BusinessInterval(LocalDate.of(2024, 1, 1), LocalDate.of(2025, 1, 1))),
          GenerateProgress.SILENT);
    }
    RunSummary summary =
        new BatchLauncher(command.commandLine())
            .launch(
                new ManifestReader(System.getenv())
                    .read(
                        manifest, List.of(new Setting("demo", "warehouse", "duckdb:" + database))),
                manifest.toString(),
                Optional.empty(),
                Optional.empty(),
                new RunnerConfigReader(System.getenv())
                    .shipped("direct")
                    .toPipelineOptions(List.of()));
    try (Warehouse warehouse = DuckDbWarehouse.open(database, DuckDbSettings.QUERY);
        Connection connection = warehouse.connect()) {
      out.print(KpiReportText.of(KpiReport.ofLastMonth(connection)));
    }
    out.printf(
        "%nWhere to look next (autopulse is java -jar target/autopulse.jar, made by mvn package)%n"
            + "  the dashboard  autopulse dashboard --warehouse duckdb:%s --open%n"
            + "  the tables     autopulse sql --warehouse duckdb:%s \"from sales_kpi limit 10\"%n"
            + "  this run       autopulse runs --warehouse duckdb:%s %s%n"
            + "  the marts      autopulse marts --warehouse duckdb:%s%n"
            + "  the manifest   %s%n"
            + "  your own data  README.md%n",
        database, database, database, summary.runId(), database, manifest);
    out.flush();
    return open
        ? command
            .parent()
            .commandLine()
            .execute("dashboard", "--warehouse", "duckdb:" + database, "--port", "0", "--open")
        : 0;
  }
}
