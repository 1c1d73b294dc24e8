package io.autopulse.cli.forecast;

import io.autopulse.cli.launch.Version;
import io.autopulse.cli.summary.WhatIfText;
import io.autopulse.domain.calendar.Step;
import io.autopulse.domain.forecast.regress.KnownRegressors;
import io.autopulse.domain.forecast.regress.WhatIf;
import io.autopulse.domain.kpi.Dimension;
import io.autopulse.domain.kpi.Dimension.Attribute;
import io.autopulse.domain.problem.InputException;
import io.autopulse.domain.problem.NearestName;
import io.autopulse.pipeline.Warehouses;
import io.autopulse.pipeline.forecast.ForecastJob;
import io.autopulse.pipeline.forecast.KnownMembers;
import io.autopulse.pipeline.manifest.JobSpec;
import io.autopulse.pipeline.manifest.Manifest;
import io.autopulse.pipeline.run.RunRequest;
import io.autopulse.warehouse.Warehouse;
import io.autopulse.warehouse.WarehouseException;
import io.autopulse.warehouse.duckdb.DuckDbSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the weekly forecast of the warehouse says of regressors. Reads, and writes nothing. */
public final class WhatIfOptions {
  private static final List<Dimension> SHOWN =
      List.of(Dimension.TOTAL, Dimension.of(Attribute.POWERTRAIN));

  @Option(
      names = "--what-if",
      paramLabel = "CHANGES",
      description =
          "Answer how units change if regressors do, such as price=-5%%,fuel=+10%%, and publish nothing: price, fuel, attention, registrations.")
  private @Nullable String question;

  @Option(
      names = "--dimension",
      paramLabel = "D",
      description =
          "With --what-if: the members of this dimension of the manifest, such as model or 'region x powertrain' (default: the total and powertrains).")
  private @Nullable String dimension;

  /** Tells whether a question is asked. */
  public boolean isAsked() {
    return question != null;
  }

  /**
   * Checks what can be checked before the warehouse is opened.
   *
   * @throws InputException if the call cannot be used
   */
  public void check() {
    if (question != null) {
      WhatIf.parse(question, KnownRegressors.NAMES);
    } else if (dimension != null) {
      throw new InputException("--dimension", "is for --what-if", "Give both, or leave it out");
    }
  }

  /**
   * Returns the answer to the question.
   *
   * @throws InputException if the manifest is monthly, has no such dimension, or nothing is known
   */
  public String answer(Manifest manifest) {
    JobSpec.Forecast spec = manifest.spec(JobSpec.Forecast.class);
    if (spec.grain() != Step.WEEK) {
      throw new InputException(
          "--what-if",
          "is for weeks: regressors are known by week",
          "Name a manifest whose forecast.grain is week");
    }
    List<Dimension> dimensions = dimension == null ? SHOWN : List.of(dimension(spec, dimension));
    String text = question == null ? "" : question;
    WhatIf changes = WhatIf.parse(text, KnownRegressors.NAMES);
    return read(
        manifest,
        connection -> {
          if (!KnownMembers.areThere(connection)) {
            throw new InputException(
                "--what-if",
                "the warehouse has no trend features, of which regressors are read",
                "Run autopulse run pipelines/trend-features.yaml first");
          }
          KnownMembers known = known(connection, manifest, dimensions);
          if (known.members().isEmpty()) {
            throw new InputException(
                "--what-if",
                "no sale is known as of " + known.job().asOf().day(),
                "Run the refresh, or correct the date");
          }
          return WhatIfText.answer(known, changes, text) + WhatIfText.ablation(known);
        });
  }

  /** Returns what is known of regressors; empty if that is nothing. */
  public static Optional<KnownMembers> known(Manifest manifest) {
    if (manifest.spec(JobSpec.Forecast.class).grain() != Step.WEEK) {
      return Optional.empty();
    }
    return read(
        manifest,
        connection ->
            KnownMembers.areThere(connection)
                ? Optional.of(known(connection, manifest, SHOWN))
                : Optional.empty());
  }

  /** Returns one line that says why nothing is known of regressors. */
  public static String absence(Manifest manifest) {
    return manifest.spec(JobSpec.Forecast.class).grain() == Step.WEEK
        ? "\nRegressors are not compared: the warehouse has no trend features.\n"
        : "\nRegressors are known by week: a monthly forecast does not compare them.\n";
  }

  private static KnownMembers known(
      Connection connection, Manifest manifest, List<Dimension> dimensions) throws SQLException {
    return KnownMembers.read(
        connection,
        ForecastJob.of(
            new RunRequest(manifest, Optional.empty(), Optional.empty(), Version.current()),
            manifest.spec(JobSpec.Forecast.class),
            Clock.systemUTC().instant()),
        dimensions);
  }

  private static Dimension dimension(JobSpec.Forecast spec, String name) {
    List<String> names = spec.dimensions().stream().map(Dimension::toString).toList();
    return spec.dimensions().stream()
        .filter(known -> known.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "--dimension",
                    "\"" + name + "\" is not among the dimensions of the manifest",
                    NearestName.hint(name, names)));
  }

  /** What is read from the warehouse. */
  private interface Reader<T> {
    T of(Connection connection) throws SQLException;
  }

  private static <T> T read(Manifest manifest, Reader<T> reader) {
    try (Warehouse warehouse =
            Warehouses.open(manifest.warehouse(), DuckDbSettings.QUERY, System.getenv());
        Connection connection = warehouse.connect()) {
      return reader.of(connection);
    } catch (SQLException e) {
      throw new WarehouseException("read what is known of regressors", e);
    }
  }
}
