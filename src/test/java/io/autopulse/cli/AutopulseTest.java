package io.autopulse.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.autopulse.domain.problem.InputException;
import io.autopulse.domain.problem.TransientException;
import io.autopulse.sink.publish.AuditFailedException;
import io.autopulse.sink.publish.AuditResult;
import io.autopulse.sink.publish.PublishReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ConnectException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class AutopulseTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path folder;

  @Test
  void metadataServiceIsAskedOnlyWhereTheEnvironmentAllowsIt() {
    String property = "aws.disableEc2Metadata";
    String before = System.clearProperty(property);
    try {
      Autopulse.askNoMetadataService(Map.of("AWS_EC2_METADATA_DISABLED", "false"));
      assertThat(System.getProperty(property), is(nullValue()));
      Autopulse.askNoMetadataService(Map.of());
      assertThat(System.getProperty(property), is("true"));
    } finally {
      System.setProperty(property, before == null ? "true" : before);
    }
  }

  @Test
  void validateShowsThePlan() throws IOException {
    Path manifest = manifest();
    assertThat(
        execute(
            Map.of(),
            "validate",
            manifest.toString(),
            "--set",
            "lookback=all",
            "--warehouse",
            "duckdb:other.duckdb"),
        is(0));
    assertThat(
        out.toString(),
        is(
            """
            job            daily
            dates          all, in Europe/Paris
            currency       EUR
            grains         day, week, month
            dimensions     total, region x model
            audits         at most 0.1 of the records rejected, 0.1 conflicting, a fall of at most 0.5 of the units
            warehouse      duckdb:other.duckdb

            sales          csv %s/sales.csv (1 file, 0.0 MB)
              sale_id      from Car_id
              status       always "SOLD"
              sold_at      from Date, as M/d/yyyy
              net_price    from net_price, else "1"
              not given    updated_at, sequence, model_id, make, model, segment, powertrain, dealer_id, region, list_price, currency, channel, source
              masked       Phone
            """
                .formatted(folder)));
    assertThat(err.toString(), is(""));
  }

  @Test
  void problemsOfAManifestAreOneLineEachAndExitTwo() throws IOException {
    Path manifest = manifest();
    assertThat(
        execute(Map.of(), "validate", manifest.toString(), "--set=lookback=x", "--set=jb=y"),
        is(2));
    assertThat(
        err.toString(),
        is(
            """
            error: --set lookback: "x" is not a lookback: days such as 35d, weeks such as 5w, or all
            error: --set jb: is not a known key. Did you mean "job"?
            """));
    assertThat(out.toString(), is(""));
  }

  @Test
  void missingManifestNamesTheNearestFiles() throws IOException {
    manifest();
    assertThat(execute(Map.of(), "validate", folder.resolve("dayli.yaml").toString()), is(2));
    assertThat(
        err.toString(),
        startsWith(
            "error: "
                + folder
                + "/dayli.yaml: there is no such manifest. Nearest: "
                + folder
                + "/daily.yaml"));
  }

  @Test
  void mistypedCommandAndOptionExitTwoWithTheNearest() {
    assertThat(execute(Map.of(), "validat"), is(2));
    assertThat(err.toString(), containsString("Did you mean validate?"));
    err.getBuffer().setLength(0);
    assertThat(execute(Map.of(), "validate", "m.yaml", "--warehose=x"), is(2));
    assertThat(err.toString(), startsWith("error: Unknown option: '--warehose=x'"));
    assertThat(err.toString(), containsString("Did you mean --warehouse?"));
    assertThat(err.toString(), containsString("Try autopulse validate --help"));
  }

  @Test
  void versionAndHelpExitZero() {
    assertThat(execute(Map.of(), "--version"), is(0));
    assertThat(out.toString(), is("autopulse development\n"));
    assertThat(execute(Map.of(), "validate", "--help"), is(0));
    assertThat(out.toString(), containsString("-h, --help"));
  }

  @Test
  void failedAuditExitsThreeEvenInsideWhatARunnerWraps() {
    PublishReport report =
        new PublishReport(
            "r1",
            false,
            List.of(new AuditResult("units", false, "fell by 60 %")),
            List.of(),
            0,
            0,
            0);
    AuditFailedException failure = new AuditFailedException(report, "/staging/r1");
    assertThat(executeFailing(new IllegalStateException(failure)), is(3));
    assertThat(
        err.toString(),
        is(
            """
            error: 1 of 1 audits failed: run r1 published nothing, and the warehouse is as it was.
            error:   units: fell by 60 %
            error: What the run staged is kept in /staging/r1. See also: autopulse runs r1
            """));
  }

  @Test
  void wrappedInputProblemExitsTwo() {
    assertThat(
        executeFailing(new RuntimeException(new InputException("a.csv", "is gone", ""))), is(2));
    assertThat(err.toString(), is("error: a.csv: is gone\n"));
  }

  @Test
  void filesAreNamedInUtf8OrTheCallIsRefused() {
    Map<String, String> posix = Map.of("sun.jnu.encoding", "ANSI_X3.4-1968", "os.name", "Linux");
    assertThat(
        FileNames.refusal(posix, List.of("run", "m.yaml")).orElseThrow().getMessage(),
        is(
            "locale: Java names files in ANSI_X3.4-1968 here, and would pass over those with other letters. Start with bin/autopulse, or set LC_ALL=C.UTF-8"));
    assertThat(FileNames.refusal(posix, List.of()).isPresent(), is(true));
    assertThat(FileNames.refusal(posix, List.of("run", "--help")).isPresent(), is(false));
    assertThat(FileNames.refusal(posix, List.of("--version")).isPresent(), is(false));
    assertThat(
        FileNames.refusal(
                Map.of("sun.jnu.encoding", "ISO-8859-1", "os.name", "Linux"), List.of("demo"))
            .isPresent(),
        is(true));
    assertThat(
        FileNames.refusal(
                Map.of("sun.jnu.encoding", "UTF-8", "os.name", "Linux"), List.of("run", "m.yaml"))
            .isPresent(),
        is(false));
  }

  @Test
  void filesAndDisksThatCannotBeUsedExitTwoWithoutAClassName() {
    assertThat(
        executeFailing(
            new IllegalStateException(new AccessDeniedException("/data/w.duckdb.staging"))),
        is(2));
    assertThat(
        executeFailing(
            new RuntimeException(
                "java.io.IOException: No space left on device",
                new IOException("No space left on device"))),
        is(2));
    assertThat(
        executeFailing(
            new IllegalStateException("Could not write file \"w.duckdb.wal\": File too large")),
        is(2));
    assertThat(
        executeFailing(
            new IllegalStateException(new FileSystemException("/data/x", null, "Not a directory"))),
        is(2));
    assertThat(
        err.toString(),
        is(
            """
            error: /data/w.duckdb.staging: this user may not read or write it. Name a file or folder that can be used
            error: No space left on device. Free some space, or name another folder for the warehouse or staging
            error: Could not write file "w.duckdb.wal": File too large. Raise the limit on the size of files (ulimit -f), or name a disk without one
            error: /data/x: Not a directory. Name a file or folder that can be used
            """));
  }

  @Test
  void dateOfAnotherFormNamesTheExpectedOne() throws IOException {
    assertThat(
        execute(Map.of(), "backfill", manifest().toString(), "--from", "01.05.2018", "--to", "x"),
        is(2));
    assertThat(
        err.toString(),
        containsString("\"01.05.2018\" is not a date in the form YYYY-MM-DD, such as 2018-05-01"));
    assertThat(err.toString(), not(containsString("LocalDate")));
  }

  @Test
  void elementOfAListThatTheManifestLacksCanBeSet() throws IOException {
    String without = Files.readString(manifest()).replaceAll("(?s)kpis:.*", "");
    Path manifest = Files.writeString(folder.resolve("daily.yaml"), without);
    assertThat(
        execute(Map.of(), "validate", manifest.toString(), "--set", "kpis.dimensions.0=make"),
        is(0));
    assertThat(out.toString(), containsString("dimensions     make\n"));
  }

  @Test
  void unforeseenFailureIsOneLineAndExitsOne() {
    assertThat(executeFailing(new IllegalStateException("odd\nsecond line")), is(1));
    assertThat(
        err.toString(),
        is(
            "error: java.lang.IllegalStateException: odd\nRun it again with --debug to see where.\n"));
  }

  @Test
  void causeThatMayPassExitsFour() {
    assertThat(
        executeFailing(new TransientException("w.duckdb", "is in use", "Let it end")), is(4));
    assertThat(err.toString(), is("error: w.duckdb: is in use. Let it end\n"));
    err.getBuffer().setLength(0);
    Exception refused = new ConnectException("Connection refused");
    assertThat(executeFailing(new IllegalStateException("the pipeline failed", refused)), is(4));
    assertThat(
        err.toString(),
        is(
            """
            error: java.lang.IllegalStateException: the pipeline failed
            caused by: java.net.ConnectException: Connection refused
            This may pass: run it again.
            """));
    assertThat(
        "a user who is not let in has to be corrected, whatever told of it",
        executeFailing(new InputException("m.yaml:3", "is not let in", "", refused)),
        is(2));
  }

  @Test
  void whatARunnerWrapsIsToldToo() {
    Exception odd = new IllegalStateException("odd\nsecond line");
    assertThat(executeFailing(new RuntimeException("failed", new Exception("ended", odd))), is(1));
    assertThat(
        err.toString(),
        is(
            """
            error: java.lang.RuntimeException: failed
            caused by: java.lang.IllegalStateException: odd
            Run it again with --debug to see where.
            """));
  }

  @Test
  void stackTraceIsShownWhenAskedFor() {
    IllegalStateException failure = new IllegalStateException("odd");
    assertThat(executeFailing(failure, "--debug"), is(1));
    assertThat(err.toString(), containsString("\tat io.autopulse.cli.AutopulseTest"));
    err.getBuffer().setLength(0);
    assertThat(execute(Map.of("AUTOPULSE_DEBUG", "1"), failing(failure), "fail"), is(1));
    assertThat(err.toString(), containsString("\tat io.autopulse.cli.AutopulseTest"));
    assertThat(err.toString(), not(containsString("Run it again")));
  }

  private Path manifest() throws IOException {
    Files.writeString(
        folder.resolve("sales.csv"), "Car_id,Date,net_price,Phone\n1,1/2/2022,9,555\n");
    return Files.writeString(
        folder.resolve("daily.yaml"),
        """
        job: daily
        feeds:
          sales:
            from: {type: csv, path: "%s/sales.csv"}
            columns: {sale_id: Car_id, sold_at: Date}
            formats: {sold_at: M/d/yyyy}
            defaults: {status: SOLD, net_price: 1}
            sensitive: [Phone]
        kpis:
          dimensions: [total, [region, model]]
        """
            .formatted(folder));
  }

  private int executeFailing(RuntimeException failure, String... more) {
    String[] arguments = new String[more.length + 1];
    arguments[0] = "fail";
    System.arraycopy(more, 0, arguments, 1, more.length);
    return execute(Map.of(), failing(failure), arguments);
  }

  private int execute(Map<String, String> environment, String... arguments) {
    return execute(environment, null, arguments);
  }

  private int execute(Map<String, String> environment, Failing failing, String... arguments) {
    CommandLine commandLine = Autopulse.commandLine(environment);
    if (failing != null) {
      // Handlers reach the commands that are there when they are set: this one comes later.
      commandLine.addSubcommand(failing);
      commandLine
          .getSubcommands()
          .get("fail")
          .setExecutionExceptionHandler(commandLine.getExecutionExceptionHandler());
    }
    return commandLine
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  private static Failing failing(RuntimeException failure) {
    return new Failing(failure);
  }

  @Command(name = "fail")
  private static final class Failing implements Callable<Integer> {
    private final RuntimeException failure;

    Failing(RuntimeException failure) {
      this.failure = failure;
    }

    @Override
    public Integer call() {
      throw failure;
    }
  }
}
