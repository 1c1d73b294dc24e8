package io.autopulse.cli;

import io.autopulse.domain.problem.InputException;
import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.generate.GenerateSummary;
import io.autopulse.generate.LandingZoneGenerator;
import io.autopulse.generate.format.LandingFormat;
import io.autopulse.generate.live.LiveGenerator;
import io.autopulse.generate.work.ProgressMeter;
import io.autopulse.generate.world.GenerateSpec;
import io.autopulse.generate.world.SaleRates;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code autopulse generate}: an invented landing zone of an ERP and CRM, with the KPIs that are
 * true of it.
 */
@Command(
    name = "generate",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = {
      "Writes an invented but realistic landing zone of sales and of the market, with the manifests that read it.",
      "DIR/truth holds the KPIs that a run over it must give. The same options give the same bytes.",
      "With --live: sales as they happen, for the live job."
    })
public final class GenerateCommand implements Callable<Integer> {
  private static final List<String> ONLY_LIVE =
      List.of("--rate", "--records", "--bootstrap-servers");
  private static final List<String> NOT_LIVE =
      List.of(
          "--versions",
          "--from",
          "--until",
          "--files",
          "--defects",
          "--gzip",
          "--jsonl",
          "--no-truth",
          "--threads");
  private static final long LONGEST_END_SECONDS = 15;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "DIR",
      description = "Where to write; must not exist or be empty.")
  private Path to;

  @Option(
      names = "--versions",
      paramLabel = "N",
      defaultValue = "100000",
      description = "Distinct good sale versions; duplicates and defects come on top.")
  private long versions;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "42",
      description = "Another seed, other data.")
  private long seed;

  @Option(
      names = "--from",
      paramLabel = "DATE",
      defaultValue = "2024-01-01",
      description = "First business date of sales.")
  private LocalDate from;

  @Option(
      names = "--until",
      paramLabel = "DATE",
      defaultValue = "2025-01-01",
      description = "Business date after the last.")
  private LocalDate until;

  @Option(names = "--dealers", paramLabel = "N", defaultValue = "120", description = "Dealers.")
  private int dealers;

  @Option(
      names = "--models",
      paramLabel = "N",
      defaultValue = "160",
      description = "Vehicles: models by powertrain.")
  private int models;

  @Option(names = "--files", paramLabel = "N", defaultValue = "8", description = "Sales files.")
  private int files;

  @Option(
      names = "--defects",
      paramLabel = "RATE",
      defaultValue = "0",
      description =
          "Bad records to add, as a share of the versions, of every kind in turn; the same share of the good ones carries hostile text.")
  private double defects;

  @Option(
      names = "--updates",
      paramLabel = "RATE",
      defaultValue = "0.05",
      description = "Share of sales that are corrected later.")
  private double updates;

  @Option(
      names = "--cancellations",
      paramLabel = "RATE",
      defaultValue = "0.03",
      description = "Share of sales that are cancelled.")
  private double cancellations;

  @Option(
      names = "--returns",
      paramLabel = "RATE",
      defaultValue = "0.01",
      description = "Share of sales whose vehicle comes back.")
  private double returns;

  @Option(
      names = "--duplicates",
      paramLabel = "RATE",
      defaultValue = "0.02",
      description = "Share of versions that arrive twice.")
  private double duplicates;

  @Option(
      names = "--late",
      paramLabel = "RATE",
      defaultValue = "0.05",
      description = "Share of versions that arrive in a later file, behind newer versions.")
  private double late;

  @Option(
      names = "--timezone",
      paramLabel = "ZONE",
      defaultValue = "Europe/Paris",
      description = "Time zone of the business dates.")
  private ZoneId timezone;

  @Option(names = "--gzip", description = "Compress the feeds' files.")
  private boolean gzip;

  @Option(names = "--jsonl", description = "Airbyte's JSONL envelopes instead of CSV.")
  private boolean jsonl;

  @Option(names = "--no-truth", description = "Do not compute the true KPIs.")
  private boolean noTruth;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads, one a processor unless given; the bytes do not depend on it.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--live",
      description = {
        "Send sales as they happen, until Ctrl-C: a file a second below DIR, or messages.",
        "DIR/live.yaml is the live job's manifest; DIR/refresh.yaml refreshes over the same files."
      })
  private boolean live;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "20",
      description = "With --live: records a second.")
  private double rate;

  @Option(
      names = "--records",
      paramLabel = "N",
      description = "With --live: records after which to stop.")
  private @Nullable Long records;

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      description =
          "With --live: send to Kafka's topics sales, vehicles and dealers instead of files.")
  private @Nullable String bootstrapServers;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws IOException {
    requireFitting();
    return live ? sendLive() : writeLandingZone();
  }

  private void requireFitting() {
    for (String option : live ? NOT_LIVE : ONLY_LIVE) {
      if (command.commandLine().getParseResult().hasMatchedOption(option)) {
        throw new InputException(
            option,
            live ? "has no effect with --live" : "needs --live",
            live ? "Leave it out" : "Add --live, or leave it out");
      }
    }
  }

  private int sendLive() throws IOException {
    PrintWriter err = command.commandLine().getErr();
    ProgressMeter meter = new ProgressMeter(err, onTerminal(), System::nanoTime);
    LiveGenerator generator =
        new LiveGenerator(
            spec(),
            rate,
            records == null ? Long.MAX_VALUE : records,
            Optional.ofNullable(bootstrapServers),
            Clock.systemUTC(),
            meter);
    CountDownLatch stop = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  stop.countDown();
                  await(ended);
                },
                "end-cleanly"));
    try {
      LiveGenerator.Summary sent =
          generator.run(
              stop,
              manifest -> {
                err.printf("Follow: autopulse run %s%n", manifest);
                err.flush();
              });
      meter.close();
      err.printf(
          Locale.ROOT,
          "%,d records of sales sent: %,d sales, %,d changes of them, %,d duplicates, %,d late%n",
          sent.records(),
          sent.sales(),
          sent.corrections(),
          sent.duplicates(),
          sent.late());
      err.flush();
    } finally {
      ended.countDown();
    }
    return 0;
  }

  private static void await(CountDownLatch ended) {
    try {
      ended.await(LONGEST_END_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private int writeLandingZone() throws IOException {
    PrintWriter err = command.commandLine().getErr();
    long start = System.nanoTime();
    ProgressMeter meter = new ProgressMeter(err, onTerminal(), System::nanoTime);
    GenerateSummary summary;
    try {
      summary = LandingZoneGenerator.generate(spec(), meter);
    } finally {
      meter.close();
    }
    print(summary, (System.nanoTime() - start) / 1e9, err);
    return 0;
  }

  @SuppressWarnings("SystemConsoleNull") // Runs on JDK 17, where null means no terminal.
  private static boolean onTerminal() {
    return System.console() != null;
  }

  private GenerateSpec spec() {
    if (!from.isBefore(until)) {
      throw new InputException(
          "--from, --until",
          "no day lies from " + from + " until " + until,
          "--until is the date after the last and must be later than --from");
    }
    return new GenerateSpec(
        to,
        versions,
        seed,
        new BusinessInterval(from, until),
        timezone,
        dealers,
        models,
        files,
        new SaleRates(defects, updates, cancellations, returns, duplicates, late),
        jsonl ? LandingFormat.AIRBYTE_JSONL : LandingFormat.CSV,
        gzip,
        !noTruth,
        threads);
  }

  private static void print(GenerateSummary s, double seconds, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%,d sales records (%.1f MB) in %.1f s, %,.0f a second%n",
        s.records(),
        s.bytes() / 1e6,
        seconds,
        s.records() / seconds);
    out.printf(
        Locale.ROOT,
        "  %,d versions of %,d sales, %,d duplicates, %,d late, %,d defects%n",
        s.versions(),
        s.sales(),
        s.duplicates(),
        s.late(),
        s.defects());
    out.printf(Locale.ROOT, "  %,d vehicles, %,d dealers%n", s.vehicles(), s.dealers());
    if (s.cells() > 0) {
      out.printf(
          Locale.ROOT, "  %,d true KPI cells in %s%n", s.cells(), s.directory().resolve("truth"));
    }
    out.printf("Next: autopulse run %s%n", s.manifest());
    out.printf("Then: autopulse run %s%n", s.directory().resolve("market.yaml"));
    out.flush();
  }
}
