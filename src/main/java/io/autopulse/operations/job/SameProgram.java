package io.autopulse.operations.job;

import io.autopulse.operations.schedule.Step;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs steps by the program that runs the job: the same Java, options of the JVM, and jar or class
 * path.
 *
 * @param mainClass the entry of the command line, where there is no jar
 */
public record SameProgram(String mainClass) implements Programs {
  /** A debugger's port is taken by this process. */
  private static final String DEBUGGER = "-agentlib:jdwp";

  /** Names the process of the job to its steps, which end with it. */
  public static final String JOB_PROCESS = "AUTOPULSE_JOB_PROCESS";

  @Override
  public StepProcess start(Step step, StepOutput output) throws IOException {
    return new RunningStep(process(step), output);
  }

  private ProcessBuilder process(Step step) {
    if (step.program()) {
      return new ProcessBuilder(step.words());
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> !option.startsWith(DEBUGGER))
        .forEach(command::add);
    String classPath = System.getProperty("java.class.path");
    boolean jar =
        classPath.endsWith(".jar") && !classPath.contains(System.getProperty("path.separator"));
    // Of a jar started as such the manifest counts too.
    command.addAll(jar ? List.of("-jar", classPath) : List.of(mainClass));
    command.addAll(step.words());
    ProcessBuilder process = new ProcessBuilder(command);
    process.environment().put(JOB_PROCESS, String.valueOf(ProcessHandle.current().pid()));
    if (!jar) {
      process.environment().put("CLASSPATH", classPath);
    }
    return process;
  }
}
