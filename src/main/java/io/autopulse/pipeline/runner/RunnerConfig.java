package io.autopulse.pipeline.runner;

import io.autopulse.domain.problem.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.sdk.io.aws2.options.AwsOptions;
import org.apache.beam.sdk.io.aws2.options.S3Options;
import org.apache.beam.sdk.options.PipelineOptions;
import software.amazon.awssdk.regions.Region;

/**
 * Where and how a pipeline runs; it knows nothing of what the pipeline does.
 *
 * @param runner which of Beam's runners
 * @param parallelism how many workers, at least 1; empty for the runner's choice: the machine's
 *     cores, or the cluster's default
 * @param options Beam pipeline options by name
 * @param flinkConfiguration Flink's own configuration by key, for the embedded Flink; empty for
 *     another runner
 */
public record RunnerConfig(
    Runner runner,
    OptionalInt parallelism,
    Map<String, String> options,
    Map<String, String> flinkConfiguration) {
  /** Flink's master when it runs in the process that starts the job. */
  public static final String EMBEDDED_FLINK = "[local]";

  /** Flink reads this one file of its configuration folder. */
  private static final String FLINK_CONF = "flink-conf.yaml";

  private static final String SAVEPOINT = "savepointPath";

  /**
   * What a file that is being written to S3 keeps in memory. A worker writes several at a time, and
   * Beam takes 64 MiB for each. Ten thousand such parts make a file, so it may have 80 GB.
   */
  private static final int S3_BUFFER = 8 << 20;

  /** Beam's runners that this build carries. Names are those of Beam. */
  public enum Runner {
    /** In this process, for small data and tests. */
    DIRECT("DirectRunner", "targetParallelism"),
    /** Embedded Flink, or a Flink cluster. */
    FLINK("FlinkRunner", "parallelism");

    private final String className;
    private final String parallelismOption;

    Runner(String className, String parallelismOption) {
      this.className = className;
      this.parallelismOption = parallelismOption;
    }

    @Override
    public String toString() {
      return className;
    }
  }

  /** Keeps its own copies, and checks that a Flink configuration goes to an embedded Flink. */
  public RunnerConfig {
    options = Map.copyOf(options);
    flinkConfiguration = Map.copyOf(flinkConfiguration);
    if (parallelism.isPresent() && parallelism.getAsInt() < 1) {
      throw new IllegalArgumentException("parallelism must be at least 1");
    }
    if (!flinkConfiguration.isEmpty()) {
      if (runner != Runner.FLINK) {
        throw new IllegalArgumentException("flink_configuration needs runner: FlinkRunner");
      }
      if (!EMBEDDED_FLINK.equals(options.get("flinkMaster"))) {
        throw new IllegalArgumentException(
            "flink_configuration is for the embedded Flink (flinkMaster: \"[local]\"); a cluster has its own");
      }
    }
  }

  /**
   * Returns Beam's options. For an embedded Flink its configuration is written into a temporary
   * folder that goes with this process.
   *
   * @param beamArguments options of the command line, in Beam's own form {@code --name=value}; they
   *     win over this configuration
   * @throws InputException if an argument is not a Beam option, or Beam does not take its value
   */
  public PipelineOptions toPipelineOptions(List<String> beamArguments) {
    return toPipelineOptions(beamArguments, Map.of());
  }

  /**
   * Returns Beam's options of a job that goes on where it ended: it keeps its checkpoints in a
   * folder and starts from one of them. A {@code --savepointPath} of the command line wins.
   *
   * @param beamArguments options of the command line, in Beam's own form {@code --name=value}; they
   *     win over this configuration
   * @param flink what the job adds to Flink's configuration, by key; this configuration's own
   *     entries win
   * @param restoreFrom the checkpoint or savepoint to start from; empty for a new start
   * @throws InputException if an argument is not a Beam option, Beam does not take its value, or it
   *     would take the place of Flink's configuration
   */
  public PipelineOptions toPipelineOptions(
      List<String> beamArguments, Map<String, String> flink, Optional<String> restoreFrom) {
    for (String argument : beamArguments) {
      if (BeamOptions.nameOf(argument).equals("flinkConfDir")) {
        throw new InputException(
            "Beam options after --",
            "--flinkConfDir would take the place of the configuration of a live job",
            "Write its entries under flink_configuration of a runner configuration");
      }
    }
    List<String> arguments = new ArrayList<>(beamArguments);
    Map<String, String> configuration = new LinkedHashMap<>(flink);
    Optional<String> given =
        beamArguments.stream()
            .filter(argument -> BeamOptions.nameOf(argument).equals(SAVEPOINT))
            .map(argument -> argument.substring(argument.indexOf('=') + 1))
            .findFirst();
    Optional<String> start = given.or(() -> restoreFrom);
    if (start.isPresent()) {
      // Beam hands it to a cluster only; an embedded Flink reads its own key.
      configuration.put("execution.savepoint.path", start.get());
      if (given.isEmpty()) {
        arguments.add("--" + SAVEPOINT + "=" + start.get());
      }
    }
    return toPipelineOptions(arguments, configuration);
  }

  private PipelineOptions toPipelineOptions(
      List<String> beamArguments, Map<String, String> moreFlink) {
    // Alone first: only then is a problem theirs, and only then do they have names.
    BeamOptions.parse("Beam options after --", beamArguments.toArray(String[]::new));
    Set<String> given = beamArguments.stream().map(BeamOptions::nameOf).collect(Collectors.toSet());
    List<String> arguments = new ArrayList<>(beamArguments);
    arguments()
        .forEach(
            (name, value) -> {
              if (!given.contains(name)) {
                arguments.add("--" + name + "=" + value);
              }
            });
    if (!given.contains("flinkConfDir")) {
      Map<String, String> configuration = new TreeMap<>(moreFlink);
      configuration.putAll(flinkConfiguration);
      if (isEmbeddedFlink() && !NetworkMemory.isIn(configuration)) {
        int workers =
            BeamOptions.parse("runner configuration", arguments.toArray(String[]::new))
                .as(FlinkPipelineOptions.class)
                .getParallelism();
        configuration.putAll(NetworkMemory.of(workers));
      }
      if (!configuration.isEmpty()) {
        arguments.add("--flinkConfDir=" + writeFlinkConfiguration(configuration));
      }
    }
    PipelineOptions parsed =
        BeamOptions.parse("runner configuration", arguments.toArray(String[]::new));
    nameRegion(parsed.as(AwsOptions.class));
    parsed.as(S3Options.class).setS3UploadBufferSizeBytes(S3_BUFFER);
    return parsed;
  }

  // Beam's file system of S3 is made in every process of a job, whether S3 is used or not, and
  // without a region it asks a metadata service, which outside of AWS answers nobody.
  private static void nameRegion(AwsOptions options) {
    options.setAwsRegion(Objects.requireNonNullElse(options.getAwsRegion(), Region.AWS_GLOBAL));
  }

  private Map<String, String> arguments() {
    Map<String, String> arguments = new LinkedHashMap<>(options);
    arguments.put("runner", runner.className);
    workers().ifPresent(number -> arguments.put(runner.parallelismOption, String.valueOf(number)));
    return arguments;
  }

  // Left to itself, Beam runs an embedded Flink with one worker.
  private OptionalInt workers() {
    return parallelism.isEmpty() && isEmbeddedFlink()
        ? OptionalInt.of(Runtime.getRuntime().availableProcessors())
        : parallelism;
  }

  /** Tells whether pipelines run in a Flink of this process. */
  public boolean isEmbeddedFlink() {
    return runner == Runner.FLINK && EMBEDDED_FLINK.equals(options.get("flinkMaster"));
  }

  private static Path writeFlinkConfiguration(Map<String, String> configuration) {
    StringBuilder lines = new StringBuilder();
    configuration.forEach(
        (key, value) -> lines.append(key).append(": ").append(value).append('\n'));
    try {
      Path folder = Files.createTempDirectory("autopulse-flink-conf");
      Path file = Files.writeString(folder.resolve(FLINK_CONF), lines);
      // Deleted in reverse order: the file, then its folder.
      folder.toFile().deleteOnExit();
      file.toFile().deleteOnExit();
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
