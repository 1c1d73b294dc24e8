package io.autopulse.cli.dashboard;

import io.autopulse.cli.options.ManifestOptions;
import io.autopulse.cli.options.WarehouseOption;
import io.autopulse.domain.calendar.Holidays;
import io.autopulse.domain.calendar.SellingDays;
import io.autopulse.domain.problem.InputException;
import io.autopulse.pipeline.manifest.Manifest;
import io.autopulse.transform.calendar.CountryHolidays;
import io.autopulse.warehouse.WarehouseUri;
import io.autopulse.warehouse.serving.Scope;
import io.autopulse.web.Dashboard;
import io.autopulse.web.DashboardSettings;
import io.autopulse.web.Edition;
import io.autopulse.web.export.PageAddress;
import io.autopulse.web.state.Note;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code autopulse dashboard}: serves the dashboard until it is stopped. */
@Command(
    name = "dashboard",
    showDefaultValues = true,
    description = {
      "Serves the dashboard of a warehouse to browsers on this machine, until Ctrl-C; or writes it to a file.",
      "It reads a copy that each run writes when it has published: it never keeps a run waiting, and no run keeps it waiting."
    })
public final class DashboardCommand implements Callable<Integer> {
  private static final int LONGEST_END_SECONDS = 5;

  /** How often a warehouse in Snowflake is asked whether a run has published. */
  private static final Duration LOOK = Duration.ofMinutes(1);

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "MANIFEST",
      description =
          "A job whose warehouse is shown, and in whose time zone days end; without it that of --warehouse, in UTC.")
  private @Nullable Path manifest;

  @Mixin private WarehouseOption warehouse;

  @Mixin private FileOptions files;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8642",
      description = "The port; 0 for any free one.")
  private int port;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = "The address to listen on; another than this machine's own needs --token-file.")
  private String host;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "A file with a token that every request must show: Authorization: Bearer TOKEN. A proxy that knows who asks adds it.")
  private @Nullable Path tokenFile;

  @Option(
      names = "--roles",
      paramLabel = "FILE",
      description = {
        "A YAML file of users and of the regions and dealers whose sales each may see.",
        "Who asks shows a token of his own, or the proxy that shows that of --token-file names him."
      })
  private @Nullable Path rolesFile;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "20",
      description =
          "Requests of one reader a second, ten times as many at once after a pause; 0 for no limit.")
  private int rate;

  @Option(
      names = "--name",
      paramLabel = "HOST",
      description = "Another name that browsers know the server by, such as that of a proxy.")
  private List<String> names = List.of();

  @Option(
      names = "--copies",
      paramLabel = "FOLDER",
      description =
          "Where the copies of a warehouse in Snowflake go (default: ACCOUNT-DATABASE.serving); those of a DuckDB file are beside it.")
  private @Nullable Path copies;

  @Option(
      names = "--holidays",
      paramLabel = "COUNTRY",
      description =
          "Whose public holidays are no selling days, such as fr or de-by; without it every Monday to Friday is one.")
  private @Nullable String holidays;

  @Option(
      names = "--notes",
      paramLabel = "FILE",
      description = "A YAML file of notes for charts: dates, and what happened then.")
  private @Nullable Path notes;

  @Option(names = "--open", description = "Open it in the browser.")
  private boolean open;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException, SQLException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Optional<Manifest> job =
        Optional.ofNullable(manifest).map(file -> ManifestOptions.read(file, List.of()));
    ZoneId zone = job.map(Manifest::timezone).orElse(ZoneOffset.UTC);
    WarehouseUri uri =
        job.isPresent() && warehouse.given().isEmpty() ? job.get().warehouse() : warehouse.uri();
    try (ChangingFiles said =
        new ChangingFiles(
            Optional.ofNullable(rolesFile), Optional.ofNullable(notes), err::println)) {
      return files.isAsked() ? write(uri, zone, said, out, err) : serve(uri, zone, said, out, err);
    }
  }

  private int serve(
      WarehouseUri uri, ZoneId zone, ChangingFiles said, PrintWriter out, PrintWriter err)
      throws IOException, InterruptedException {
    DashboardSettings settings =
        new DashboardSettings(
                host, port, token(), names, SellingDays.of(holidays()), zone, said.notes())
            .with(said.roles(), rate);
    CountDownLatch stopped = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(stopped, closed), "end-cleanly"));
    try (Copies served =
            Copies.toServe(uri, Optional.ofNullable(copies), LOOK, notice -> err.println(notice));
        Dashboard dashboard = Dashboard.start(settings, served.folder(), Clock.systemUTC())) {
      said.tell(dashboard::change);
      served.keepLive(zone, dashboard::isLiveAskedFor);
      out.printf("The dashboard of %s is at %s%n", uri, dashboard.address());
      out.println("Stop it with Ctrl-C.");
      out.flush();
      if (open) {
        openBrowser(dashboard.address(), err);
      }
      stopped.await();
    } finally {
      closed.countDown();
    }
    return 0;
  }

  /** Lets the dashboard end, and the copy that it reads go, before the process does. */
  private static void end(CountDownLatch stopped, CountDownLatch closed) {
    stopped.countDown();
    try {
      closed.await(LONGEST_END_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private int write(
      WarehouseUri uri, ZoneId zone, ChangingFiles said, PrintWriter out, PrintWriter err)
      throws IOException, SQLException {
    List<Note> read = said.notes();
    Optional<Scope> scope = files.user().flatMap(user -> scope(user, said));
    List<PageAddress> addresses = files.addresses();
    SellingDays sellingDays = SellingDays.of(holidays());
    try (Copies written =
            Copies.toWrite(uri, Optional.ofNullable(copies), notice -> err.println(notice));
        Edition edition =
            Edition.open(written.folder(), scope, sellingDays, zone, read, Instant.now())) {
      files.write(edition, addresses, out);
      out.flush();
    }
    return 0;
  }

  private static Optional<Scope> scope(String user, ChangingFiles said) {
    return said.roles()
        .orElseThrow(
            () ->
                new InputException(
                    "--as " + user, "is a user of no file of roles", "Name the file: --roles FILE"))
        .known(user)
        .scope();
  }

  private Optional<String> token() throws IOException {
    if (tokenFile == null) {
      return Optional.empty();
    }
    if (!Files.isReadable(tokenFile)) {
      throw new InputException(
          "--token-file " + tokenFile, "there is no such file, or it may not be read", "");
    }
    return Optional.of(Files.readString(tokenFile).strip());
  }

  private Holidays holidays() {
    if (holidays == null) {
      return Holidays.NONE;
    }
    try {
      return CountryHolidays.of(holidays);
    } catch (InputException e) {
      throw e.at("--holidays");
    }
  }

  private static void openBrowser(String address, PrintWriter err) {
    String program = System.getProperty("os.name", "").startsWith("Mac") ? "open" : "xdg-open";
    try {
      new ProcessBuilder(program, address)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      err.println("No browser can be opened here: open " + address + " yourself.");
    }
  }
}
