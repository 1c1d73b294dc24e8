package io.autopulse.operations.job;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;

import io.autopulse.operations.schedule.Step;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SameProgramTest {
  /** Tells how it was started. */
  static final class Telling {
    public static void main(String[] words) {
      System.out.println(String.join("|", words));
      System.out.println("job " + System.getenv(SameProgram.JOB_PROCESS));
      ManagementFactory.getRuntimeMXBean().getInputArguments().forEach(System.out::println);
      System.err.println("error: on purpose");
      System.exit(3);
    }
  }

  @Test
  void stepHasTheOptionsAndClassesOfThisProcessAndKnowsIt() throws Exception {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Step step = new Step(false, List.of("run", "with a blank"));
    StepProcess process =
        new SameProgram(Telling.class.getName())
            .start(step, new StepOutput(new PrintWriter(out), new PrintWriter(err), line -> {}));
    assertThat(process.ends(Duration.ofMinutes(4)), is(true));
    assertThat(process.exitCode(), is(3));
    List<String> told = out.toString().lines().toList();
    assertThat(told.get(0), is("run|with a blank"));
    assertThat(told.get(1), is("job " + ProcessHandle.current().pid()));
    assertThat(
        told,
        hasItems(ManagementFactory.getRuntimeMXBean().getInputArguments().toArray(String[]::new)));
    assertThat(err.toString().lines().toList(), is(List.of("error: on purpose")));
  }

  @Test
  void programOfOthersIsStartedAsItIs() throws Exception {
    StringWriter out = new StringWriter();
    Step step = new Step(true, List.of("echo", "a b"));
    StepProcess process =
        new SameProgram("none")
            .start(step, new StepOutput(new PrintWriter(out), new PrintWriter(out), line -> {}));
    assertThat(process.ends(Duration.ofMinutes(4)), is(true));
    assertThat(out.toString(), is("a b\n"));
  }
}
