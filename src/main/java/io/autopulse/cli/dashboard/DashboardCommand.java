package io.autopulse.cli.dashboard;

import io.autopulse.cli.options.ManifestOptions;
import io.autopulse.cli.options.WarehouseOption;
import io.autopulse.domain.calendar.Holidays;
import io.autopulse.domain.calendar.SellingDays;
import io.autopulse.domain.problem.InputException;
import io.autopulse.pipeline.manifest.Manifest;
import io.autopulse.transform.calendar.CountryHolidays;
import io.autopulse.warehouse.WarehouseUri;
import io.autopulse.web.Dashboard;
import io.autopulse.web.DashboardSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
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
      "Serves the dashboard of a warehouse to browsers on this machine, until Ctrl-C.",
      "It reads a copy that each run writes when it has published: it never keeps a run waiting, and no run keeps it waiting."
    })
public final class DashboardCommand implements Callable<Integer> {
  private static final int LONGEST_END_SECONDS = 5;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "MANIFEST",
      description =
          "A job whose warehouse is shown, and in whose time zone days end; without it that of --warehouse, in UTC.")
  private @Nullable Path manifest;

  @Mixin private WarehouseOption warehouse;

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
      names = "--name",
      paramLabel = "HOST",
      description = "Another name that browsers know the server by, such as that of a proxy.")
  private List<String> names = List.of();

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
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Optional<Manifest> job =
        Optional.ofNullable(manifest).map(file -> ManifestOptions.read(file, List.of()));
    DashboardSettings settings =
        new DashboardSettings(
            host,
            port,
            token(),
            names,
            SellingDays.of(holidays()),
            job.map(Manifest::timezone).orElse(ZoneOffset.UTC),
            notes == null ? List.of() : NotesFile.read(notes));
    Path database =
        database(
            job.isPresent() && warehouse.given().isEmpty()
                ? job.get().warehouse()
                : warehouse.uri());
    CountDownLatch stopped = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(stopped, closed), "end-cleanly"));
    try (Dashboard dashboard =
        Dashboard.start(
            settings, FirstCopy.of(database, notice -> err.println(notice)), Clock.systemUTC())) {
      out.printf("The dashboard of duckdb:%s is at %s%n", database, dashboard.address());
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

  private static Path database(WarehouseUri uri) {
    if (uri instanceof WarehouseUri.Snowflake) {
      throw new InputException(
          uri.toString(),
          "the dashboard shows warehouses in DuckDB files only",
          "Publish to a file too, with --warehouse duckdb:PATH, or let a BI tool read the marts: docs/jobs/marts.md");
    }
    return uri.duckDbFile();
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
