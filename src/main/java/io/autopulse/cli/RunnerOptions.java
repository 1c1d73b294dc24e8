package io.autopulse.cli;

import io.autopulse.pipeline.manifest.RunnerConfig;
import io.autopulse.pipeline.manifest.RunnerConfigReader;
import java.nio.file.Path;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptions;
import picocli.CommandLine.Option;

/** Where a pipeline runs: a runner configuration, and Beam's own options after {@code --}. */
final class RunnerOptions {
  @Option(
      names = "--runner-config",
      paramLabel = "FILE",
      description =
          "A runner configuration, or the name of one that ships: direct, flink-local, flink-cluster (default: flink-local).")
  private String config = "flink-local";

  /** Reads the runner configuration. */
  RunnerConfig read() {
    RunnerConfigReader reader = new RunnerConfigReader(System.getenv());
    return RunnerConfigReader.SHIPPED.contains(config)
        ? reader.shipped(config)
        : reader.read(Path.of(config));
  }

  /**
   * Returns Beam's options.
   *
   * @param beamArguments what follows {@code --} in the call, as {@code --name=value}; it wins over
   *     the runner configuration. The command declares it beside its own parameters, {@code index =
   *     "1..*"}: a mixin cannot begin at the second
   */
  PipelineOptions pipelineOptions(List<String> beamArguments) {
    return read().toPipelineOptions(beamArguments);
  }
}
