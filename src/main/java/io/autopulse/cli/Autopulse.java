package io.autopulse.cli;

import io.autopulse.cli.backup.BackupCommand;
import io.autopulse.cli.backup.RestoreCommand;
import io.autopulse.cli.dashboard.DashboardCommand;
import io.autopulse.cli.health.HealthCommand;
import io.autopulse.cli.launch.Version;
import io.autopulse.cli.marts.MartsCommand;
import io.autopulse.cli.operations.JobCommand;
import io.autopulse.cli.operations.JobsCommand;
import io.autopulse.cli.operations.MetabaseCommand;
import io.autopulse.domain.problem.ExitCode;
import io.autopulse.operations.job.SameProgram;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command line's entry: knows the commands, and nothing of what they do. */
@Command(
    name = "autopulse",
    description =
        "Audited KPIs from the vehicle sales that an ERP or CRM exports. Without a command: the demo.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    scope = ScopeType.INHERIT,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      ExitCode.DONE + ":done",
      ExitCode.UNFORESEEN + ":something unforeseen; --debug shows where",
      ExitCode.INPUT + ":a call, manifest or file to be mended; the message says how",
      ExitCode.AUDIT + ":an audit failed; nothing was published",
      ExitCode.TRANSIENT
          + ":a cause that may pass: a lock that is held, a server that does not answer; run it again"
    },
    subcommands = {
      DemoCommand.class,
      RunCommand.class,
      FollowCommand.class,
      ReconcileCommand.class,
      BackfillCommand.class,
      ReplayCommand.class,
      ValidateCommand.class,
      TrendsCommand.class,
      ForecastCommand.class,
      OverrideCommand.class,
      MartsCommand.class,
      HealthCommand.class,
      DashboardCommand.class,
      SqlCommand.class,
      RunsCommand.class,
      GenerateCommand.class,
      MigrateCommand.class,
      CheckCommand.class,
      JobCommand.class,
      JobsCommand.class,
      MetabaseCommand.class,
      BackupCommand.class,
      RestoreCommand.class,
    })
public final class Autopulse implements Callable<Integer> {
  @Option(
      names = "--debug",
      description = "Show stack traces (also: AUTOPULSE_DEBUG=1).",
      scope = ScopeType.INHERIT)
  private boolean debug;

  @Spec private CommandSpec spec;

  private Autopulse() {}

  /** Runs the demo: what a newcomer wants who names no command. */
  @Override
  public Integer call() {
    return Objects.requireNonNull(spec.subcommands().get("demo")).execute();
  }

  /**
   * Runs the command line and ends the process with its exit code.
   *
   * @param arguments the command and its options
   */
  public static void main(String[] arguments) {
    askNoMetadataService(System.getenv());
    endWithJob(System.getenv());
    writeUtf8();
    CommandLine commandLine = commandLine(System.getenv());
    int exitCode =
        FileNames.refusal(System.getProperties(), List.of(arguments))
            .map(
                refusal ->
                    Failures.end(
                        commandLine.getErr(), String.valueOf(refusal.getMessage()), ExitCode.INPUT))
            .orElseGet(() -> commandLine.execute(arguments));
    commandLine.getOut().flush();
    commandLine.getErr().flush();
    System.exit(exitCode);
  }

  /** Ends a step of a job whose process is gone: the next start of the job runs the step again. */
  private static void endWithJob(Map<String, String> environment) {
    String job = environment.getOrDefault(SameProgram.JOB_PROCESS, "");
    if (job.matches("\\d{1,18}")) {
      Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(job));
      if (process.isEmpty()) {
        System.exit(ExitCode.UNFORESEEN);
      }
      CompletableFuture<Void> unused =
          process.get().onExit().thenRun(() -> System.exit(ExitCode.UNFORESEEN));
    }
  }

  /** Makes everything that is printed UTF-8, whatever the locale says. */
  private static void writeUtf8() {
    System.setOut(utf8(FileDescriptor.out));
    System.setErr(utf8(FileDescriptor.err));
  }

  private static PrintStream utf8(FileDescriptor file) {
    return new PrintStream(
        new BufferedOutputStream(new FileOutputStream(file)), true, StandardCharsets.UTF_8);
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }

  /**
   * Keeps the client of S3 from asking the machine's metadata service, of which most machines have
   * none, for a region and a role whenever Beam looks for its file systems: nothing calls out that
   * was not asked to, and a run starts seconds sooner. On a machine of AWS that has a role {@code
   * AWS_EC2_METADATA_DISABLED=false} allows it.
   */
  static void askNoMetadataService(Map<String, String> environment) {
    if (!environment.containsKey("AWS_EC2_METADATA_DISABLED")) {
      System.setProperty("aws.disableEc2Metadata", "true");
    }
  }

  /** Returns the command line, ready to execute. */
  static CommandLine commandLine(Map<String, String> environment) {
    Autopulse autopulse = new Autopulse();
    Failures failures =
        new Failures(
            () -> autopulse.debug || !environment.getOrDefault("AUTOPULSE_DEBUG", "").isEmpty());
    return new CommandLine(autopulse)
        .setOut(writer(System.out))
        .setErr(writer(System.err))
        .setExecutionExceptionHandler(failures)
        .setParameterExceptionHandler(failures);
  }
}
