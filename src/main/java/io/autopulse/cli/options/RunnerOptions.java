package io.autopulse.cli.options;

import io.autopulse.pipeline.runner.RunnerConfig;
import io.autopulse.pipeline.runner.RunnerConfigReader;
import java.nio.file.Path;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a pipeline runs: a runner configuration, and Beam's own options after {@code --}. */
public final class RunnerOptions {
  @Option(
      names = "--runner-config",
      paramLabel = "FILE",
      description =
          "A runner configuration, or the name of one that ships: direct, flink-local, flink-cluster (default: flink-local); for a live job flink-live, flink-cluster-live (default: flink-live).")
  private @Nullable String config;

  /** Reads the runner configuration of a job that ends; an embedded Flink if none is named. */
  RunnerConfig read() {
    return read("flink-local");
  }

  /** Reads the runner configuration of a live job; an embedded Flink if none is named. */
  public RunnerConfig readLive() {
    return read("flink-live");
  }

  private RunnerConfig read(String standard) {
    RunnerConfigReader reader = new RunnerConfigReader(System.getenv());
    String name = config == null ? standard : config;
    return RunnerConfigReader.SHIPPED.contains(name)
        ? reader.shipped(name)
        : reader.read(Path.of(name));
  }

  /**
   * Returns Beam's options.
   *
   * @param beamArguments what follows {@code --} in the call, as {@code --name=value}; it wins over
   *     the runner configuration. The command declares it beside its own parameters, {@code index =
   *     "1..*"}: a mixin cannot begin at the second
   */
  public PipelineOptions pipelineOptions(List<String> beamArguments) {
    return read().toPipelineOptions(beamArguments);
  }
}
