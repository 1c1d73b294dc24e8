package io.autopulse.pipeline.runner;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.problem.InputException;
import io.autopulse.pipeline.runner.RunnerConfig.Runner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.sdk.io.aws2.options.S3Options;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunnerConfigReaderTest {
  private static final String FLINK =
      """
      runner: FlinkRunner
      parallelism: 3
      options:
        flinkMaster: "[local]"
        objectReuse: true
      flink_configuration:
        rest.port: 0
      """;

  @Test
  void everyKeyIsRead() {
    assertThat(
        read(FLINK),
        is(
            new RunnerConfig(
                Runner.FLINK,
                OptionalInt.of(3),
                Map.of("flinkMaster", "[local]", "objectReuse", "true"),
                Map.of("rest.port", "0"))));
    assertThat(
        read("runner: DirectRunner\nparallelism: auto\n"),
        is(new RunnerConfig(Runner.DIRECT, OptionalInt.empty(), Map.of(), Map.of())));
  }

  @Test
  void unknownAndWrongOptionsAreExplainedTogether() {
    List<String> problems =
        problems(
            """
            runner: FlinkRuner
            paralelism: 2
            parallelism: 0
            options:
              flinkMastr: x
              objectReuse: perhaps
              flinkConfDir: /etc/flink
            """);
    assertThat(problems.size(), is(6));
    assertThat(
        problems.subList(0, 4),
        contains(
            "r.yaml:1: runner: \"FlinkRuner\" is not a runner. Did you mean \"FlinkRunner\"?",
            "r.yaml:2: paralelism: is not a known key. Did you mean \"parallelism\"?",
            "r.yaml:3: parallelism: \"0\" is not a whole number from 1 to 32768",
            "r.yaml:5: options.flinkMastr: is not a known key. Did you mean \"flinkMaster\"?"));
    assertThat(problems.get(4), startsWith("r.yaml:6: options.objectReuse: "));
    assertThat(problems.get(4), containsString("perhaps"));
    assertThat(
        problems.get(5),
        is(
            "r.yaml:7: options.flinkConfDir: is not set among the options. Use the keys runner, parallelism and flink_configuration of this file"));
  }

  @Test
  void flinkConfigurationIsForTheEmbeddedFlink() {
    assertThat(
        problems("runner: DirectRunner\nflink_configuration: {rest.port: 0}\n"),
        contains("r.yaml:1: flink_configuration needs runner: FlinkRunner"));
    assertThat(
        problems(
            "runner: FlinkRunner\noptions: {flinkMaster: \"h:8081\"}\nflink_configuration: {rest.port: 0}\n"),
        contains(
            "r.yaml:1: flink_configuration is for the embedded Flink (flinkMaster: \"[local]\"); a cluster has its own"));
  }

  @Test
  void shippedConfigurationsAreTheFilesOfTheSourceTree() {
    RunnerConfigReader reader = new RunnerConfigReader(Map.of());
    for (String name : RunnerConfigReader.SHIPPED) {
      assertThat(reader.shipped(name), is(reader.read(Path.of("runner-configs", name + ".yaml"))));
    }
  }

  @Test
  void directConfigurationRunsInThisProcess() {
    PipelineOptions options =
        new RunnerConfigReader(Map.of()).shipped("direct").toPipelineOptions(List.of());
    assertThat(options.getRunner().getSimpleName(), is("DirectRunner"));
    assertThat(options.as(DirectOptions.class).isEnforceImmutability(), is(false));
  }

  @Test
  void fileOnItsWayToS3TakesLittleMemory() {
    S3Options options =
        new RunnerConfigReader(Map.of())
            .shipped("direct")
            .toPipelineOptions(List.of())
            .as(S3Options.class);
    assertThat(options.getS3UploadBufferSizeBytes(), is(8 << 20));
  }

  @Test
  void embeddedFlinkUsesAllCoresOfTheMachine() {
    FlinkPipelineOptions options =
        new RunnerConfigReader(Map.of())
            .shipped("flink-local")
            .toPipelineOptions(List.of())
            .as(FlinkPipelineOptions.class);
    assertThat(options.getParallelism(), is(Runtime.getRuntime().availableProcessors()));
  }

  @Test
  void clusterConfigurationTakesItsAddressFromTheEnvironmentAndWaitsForTheJob() {
    FlinkPipelineOptions options =
        new RunnerConfigReader(Map.of("AUTOPULSE_FLINK_MASTER", "flink.internal:18081"))
            .shipped("flink-cluster")
            .toPipelineOptions(List.of())
            .as(FlinkPipelineOptions.class);
    assertThat(options.getRunner().getSimpleName(), is("FlinkRunner"));
    assertThat(options.getFlinkMaster(), is("flink.internal:18081"));
    assertThat(options.getAttachedMode(), is(true));
    assertThat(options.getNumberOfExecutionRetries(), is(100));
    assertThat(options.getParallelism(), is(-1));
  }

  @Test
  void embeddedFlinkGetsItsConfigurationInAFolder() throws IOException {
    FlinkPipelineOptions options =
        new RunnerConfigReader(Map.of("AUTOPULSE_FLINK_MANAGED_MEMORY", "64m"))
            .shipped("flink-local")
            .toPipelineOptions(List.of())
            .as(FlinkPipelineOptions.class);
    assertThat(options.getFlinkMaster(), is("[local]"));
    Configuration configuration = GlobalConfiguration.loadConfiguration(options.getFlinkConfDir());
    assertThat(
        configuration.get(TaskManagerOptions.MANAGED_MEMORY_SIZE), is(MemorySize.parse("64m")));
    assertThat(
        configuration.get(TaskManagerOptions.MEMORY_SEGMENT_SIZE), is(MemorySize.parse("32kb")));
    assertThat(configuration.get(RestOptions.PORT), is(0));
    assertThat(
        Files.readAllLines(Path.of(options.getFlinkConfDir(), "flink-conf.yaml")).get(0),
        is("rest.bind-address: 127.0.0.1"));
  }

  /**
   * With 48 MiB a refresh of all feeds did not start with eight workers, nor a live job with 16.
   */
  @ParameterizedTest
  @CsvSource({
    "flink-local, 2, 64m",
    "flink-local, 8, 104m",
    "flink-live, 8, 104m",
    "flink-local, 16, 400m",
    "flink-live, 32, 1568m"
  })
  void buffersBetweenWorkersGrowWithTheSquareOfTheWorkers(
      String shipped, int workers, String expected) {
    FlinkPipelineOptions options =
        new RunnerConfigReader(Map.of())
            .shipped(shipped)
            .toPipelineOptions(List.of("--parallelism=" + workers))
            .as(FlinkPipelineOptions.class);
    Configuration configuration = GlobalConfiguration.loadConfiguration(options.getFlinkConfDir());
    for (ConfigOption<MemorySize> size :
        List.of(TaskManagerOptions.NETWORK_MEMORY_MIN, TaskManagerOptions.NETWORK_MEMORY_MAX)) {
      assertThat(configuration.get(size), is(MemorySize.parse(expected)));
    }
  }

  @Test
  void buffersThatAConfigurationNamesAreThoseItNames() {
    FlinkPipelineOptions options =
        read("""
            runner: FlinkRunner
            parallelism: 16
            options: {flinkMaster: "[local]"}
            flink_configuration: {taskmanager.memory.network.max: 90m}
            """)
            .toPipelineOptions(List.of())
            .as(FlinkPipelineOptions.class);
    Configuration configuration = GlobalConfiguration.loadConfiguration(options.getFlinkConfDir());
    assertThat(
        configuration.get(TaskManagerOptions.NETWORK_MEMORY_MAX), is(MemorySize.parse("90m")));
    assertThat(configuration.contains(TaskManagerOptions.NETWORK_MEMORY_MIN), is(false));
  }

  @Test
  void optionsOfTheCallWinOverTheConfiguration() {
    FlinkPipelineOptions options =
        read(FLINK)
            .toPipelineOptions(
                List.of("--parallelism=5", "--objectReuse=false", "--jobName=refresh"))
            .as(FlinkPipelineOptions.class);
    assertThat(options.getParallelism(), is(5));
    assertThat(options.getObjectReuse(), is(false));
    assertThat(options.getJobName(), is("refresh"));
    assertThat(options.getFlinkMaster(), is("[local]"));
  }

  @Test
  void wrongOptionOfTheCallIsExplained() {
    assertThat(
        callProblem("--paralelism=2"),
        is(
            "Beam options after --: --paralelism is not a Beam option. Did you mean --parallelism?"));
    assertThat(
        callProblem("parallelism=2"),
        is(
            "Beam options after --: \"parallelism=2\" is not a Beam option. Write it as --name=value"));
    assertThat(callProblem("--parallelism=two"), startsWith("Beam options after --: "));
    assertThat(
        callProblem("--zzzzzzzzzzzzzzzz"),
        is(
            "Beam options after --: --zzzzzzzzzzzzzzzz is not a Beam option. Beam's documentation of its runners lists them"));
  }

  private static String callProblem(String argument) {
    RunnerConfig config = read(FLINK);
    return assertThrows(InputException.class, () -> config.toPipelineOptions(List.of(argument)))
        .getMessage();
  }

  private static RunnerConfig read(String yaml) {
    return new RunnerConfigReader(Map.of()).read("r.yaml", yaml);
  }

  private static List<String> problems(String yaml) {
    return assertThrows(InputException.class, () -> read(yaml)).getMessage().lines().toList();
  }
}
