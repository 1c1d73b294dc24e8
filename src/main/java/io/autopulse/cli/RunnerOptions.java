package io.autopulse.cli;

import io.autopulse.pipeline.manifest.RunnerConfig;
import io.autopulse.pipeline.manifest.RunnerConfigReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptions;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Where a pipeline runs: a runner configuration, and Beam's own options after {@code --}. For
 * commands that take a manifest first.
 */
final class RunnerOptions {
  @Option(
      names = "--runner-config",
      paramLabel = "FILE",
      description =
          "A runner configuration, or the name of one that ships: direct, flink-local, flink-cluster (default: flink-local).")
  private String config = "flink-local";

  @Parameters(
      index = "1..*",
      paramLabel = "-- BEAM OPTIONS",
      description = "Beam's own options, as --name=value; they win over the runner configuration.")
  private List<String> beamArguments = new ArrayList<>();

  /** Reads the runner configuration. */
  RunnerConfig read() {
    RunnerConfigReader reader = new RunnerConfigReader(System.getenv());
    return RunnerConfigReader.SHIPPED.contains(config)
        ? reader.shipped(config)
        : reader.read(Path.of(config));
  }

  /** Returns Beam's options: those of the runner configuration, then those of the call. */
  PipelineOptions pipelineOptions() {
    return read().toPipelineOptions(beamArguments);
  }
}
