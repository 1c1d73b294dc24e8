package io.autopulse.cli.operations;

import io.autopulse.domain.problem.InputException;
import io.autopulse.operations.rundeck.Deployment;
import io.autopulse.operations.rundeck.Drift;
import io.autopulse.operations.rundeck.JobsLint;
import io.autopulse.operations.rundeck.RundeckAccess;
import io.autopulse.operations.rundeck.RundeckFolder;
import io.autopulse.operations.rundeck.RundeckProject;
import io.autopulse.operations.schedule.JobsFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code autopulse jobs}: the jobs of Rundeck as files. */
@Command(
    name = "jobs",
    description = {
      "Checks the files of Rundeck's jobs, compares them with a Rundeck project, and brings it in line with them.",
      "RD_URL and RD_TOKEN, or RD_URL_FILE and RD_TOKEN_FILE, say which Rundeck, and with whose rights."
    })
public final class JobsCommand implements Runnable {
  /** What a project has is not what the files say. */
  private static final int DRIFT = 3;

  private static final Duration PAUSE = Duration.ofSeconds(2);

  @Option(
      names = "--folder",
      paramLabel = "FOLDER",
      defaultValue = "rundeck",
      scope = ScopeType.INHERIT,
      description =
          "The folder with project.properties and jobs/*.yaml (default: ${DEFAULT-VALUE}).")
  private Path folder = Path.of("rundeck");

  @Option(
      names = "--project",
      paramLabel = "NAME",
      scope = ScopeType.INHERIT,
      description =
          "Another project than that of project.properties; jobs have other identities in it.")
  private @Nullable String project;

  @Spec private CommandSpec command;

  @Override
  public void run() {
    throw new ParameterException(
        command.commandLine(), "Which? autopulse jobs lint, diff or deploy");
  }

  @Command(
      name = "lint",
      description =
          "Checks the files by themselves, and that they and jobs.yaml say the same of each job.")
  int lint(@Mixin JobsOption jobs) {
    RundeckFolder read = checked(jobs.read());
    out().println(read.jobs().size() + " jobs of project " + read.project() + " are in order.");
    return 0;
  }

  @Command(
      name = "diff",
      description = "Shows how the project differs from the files; exit code 3 if it does.")
  int diff() {
    RundeckFolder read = folder();
    Drift drift = deployment(read).drift();
    print(drift);
    out().println(summary(read, drift, "missing", "changed", "in no file"));
    return drift.isEmpty() ? 0 : DRIFT;
  }

  @Command(
      name = "deploy",
      description = {
        "Checks the files, then imports jobs that are new or differ, and removes those of the group autopulse that the files no longer have.",
        "A second time it does nothing."
      })
  int deploy(@Mixin JobsOption jobs) {
    RundeckFolder read = checked(jobs.read());
    Drift drift = deployment(read).deploy();
    print(drift);
    out().println(summary(read, drift, "added", "updated", "removed"));
    return 0;
  }

  private RundeckFolder folder() {
    return RundeckFolder.read(folder, Optional.ofNullable(project));
  }

  private RundeckFolder checked(JobsFile jobs) {
    RundeckFolder read = folder();
    List<InputException> problems = new JobsLint(read, jobs).problems();
    if (!problems.isEmpty()) {
      throw InputException.all(problems);
    }
    return read;
  }

  private static Deployment deployment(RundeckFolder read) {
    return new Deployment(
        read, new RundeckProject(read.project(), new RundeckAccess(System.getenv()), PAUSE));
  }

  private void print(Drift drift) {
    PrintWriter out = out();
    drift.missing().forEach(job -> out.println("+ " + job.name()));
    for (Drift.Changed changed : drift.changed()) {
      out.println("~ " + changed.job().name());
      for (Drift.Difference d : changed.differences()) {
        String server = d.server().orElse("nothing");
        out.printf("    %s: %s -> %s%n", d.path(), server, d.file().orElse("nothing"));
      }
    }
    drift.surplus().forEach((uuid, name) -> out.println("- " + name + " (" + uuid + ")"));
  }

  private static String summary(
      RundeckFolder read, Drift drift, String missing, String changed, String surplus) {
    return "Project %s: %d %s, %d %s, %d %s, %d as in the files."
        .formatted(
            read.project(),
            drift.missing().size(),
            missing,
            drift.changed().size(),
            changed,
            drift.surplus().size(),
            surplus,
            drift.same());
  }

  private PrintWriter out() {
    return command.commandLine().getOut();
  }
}
