package io.autopulse.cli.options;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.problem.InputException;
import io.autopulse.pipeline.runner.RunnerConfig.Runner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

class RunnerOptionsTest {
  @Test
  void embeddedFlinkRunsWhatTheCallSaysNothingAbout() {
    assertThat(parse("m.yaml").runnerOptions.read().runner(), is(Runner.FLINK));
  }

  @Test
  void shippedConfigurationIsNamedAndBeamOptionsFollowTwoDashes() {
    PipelineOptions options =
        parse("m.yaml", "--runner-config", "direct", "--", "--jobName=refresh").options();
    assertThat(options.getRunner().getSimpleName(), is("DirectRunner"));
    assertThat(options.getJobName(), is("refresh"));
  }

  @Test
  void anyOtherNameIsAFile(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("mine.yaml"), "runner: DirectRunner\n");
    assertThat(
        parse("m.yaml", "--runner-config=" + file).runnerOptions.read().runner(),
        is(Runner.DIRECT));
    RunnerOptions missing = parse("m.yaml", "--runner-config=flink").runnerOptions;
    assertThat(
        assertThrows(InputException.class, missing::read).getMessage(),
        is("flink: does not exist. Name a YAML file that can be read"));
  }

  private static Run parse(String... arguments) {
    Run run = new Run();
    new CommandLine(run).parseArgs(arguments);
    return run;
  }

  @Command(name = "run")
  private static final class Run {
    @SuppressWarnings("UnusedVariable") // takes the first argument, as in every job's command
    @Mixin
    private ManifestOptions manifestOptions;

    @Mixin private RunnerOptions runnerOptions;

    @Parameters(index = "1..*")
    private List<String> beamArguments = new ArrayList<>();

    PipelineOptions options() {
      return runnerOptions.pipelineOptions(beamArguments);
    }
  }
}
