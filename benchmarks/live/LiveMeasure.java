import io.autopulse.pipeline.live.FollowListener;
import io.autopulse.pipeline.LiveRun;
import io.autopulse.pipeline.live.StopRequest;
import io.autopulse.pipeline.manifest.Manifest;
import io.autopulse.pipeline.manifest.ManifestReader;
import io.autopulse.pipeline.runner.RunnerConfigReader;
import io.autopulse.pipeline.yaml.Setting;
import io.autopulse.sink.live.LiveLoad;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Runs a live job and prints as JSON lines what it loads, how long a sale takes from its file to
 * its KPI in the warehouse, and its memory. Run as a source file with the jar on the class path.
 *
 * <p>Latency is that of probes: each is a file of one sale of a dealer of its own, seen when the
 * KPIs of that dealer's day are committed.
 */
public final class LiveMeasure implements FollowListener {
  private static final String SEEN =
      """
      select member
      from sales_kpi_live
      where
          grain = 'day'
          and dimension = 'dealer'
          and starts_with(member, 'PROBE-')
          and computed_at >= current_timestamp::timestamp - interval 20 second
      """;

  private final StopRequest stop = new StopRequest();
  private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(2);
  private final Map<String, Long> sent = new ConcurrentHashMap<>();
  private final long expected;
  private long versions;
  private long panes;

  private LiveMeasure(long expected) {
    this.expected = expected;
  }

  /**
   * Runs until SIGTERM, or 20 seconds after the last of the expected versions.
   *
   * @param arguments the manifest, the DuckDB file, the runner configuration, versions to expect (0:
   *     any number), probes a second (0: none), the folder that probes are put into, and seconds
   *     between full garbage collections (0: none)
   */
  public static void main(String[] arguments) throws IOException {
    LiveMeasure measure = new LiveMeasure(Long.parseLong(arguments[3]));
    Manifest manifest =
        new ManifestReader(System.getenv())
            .read(
                Path.of(arguments[0]),
                List.of(new Setting("--warehouse", "warehouse", "duckdb:" + arguments[1])));
    Runtime.getRuntime().addShutdownHook(new Thread(measure::end));
    measure.start(Double.parseDouble(arguments[4]), () -> measure.probe(Path.of(arguments[5])));
    double collections = Double.parseDouble(arguments[6]);
    measure.start(collections == 0 ? 0 : 1 / collections, LiveMeasure::memory);
    new LiveRun(manifest, System.getenv(), Clock.systemUTC(), measure, "benchmark")
        .run(new RunnerConfigReader(System.getenv()).read(Path.of(arguments[2])), List.of(), measure.stop);
    measure.stop.end();
    // Flink's threads may outlive the job.
    System.exit(0);
  }

  private void end() {
    stop.request();
    try {
      stop.awaitEnd(Duration.ofSeconds(20));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  private void start(double rate, Work work) {
    if (rate > 0) {
      long period = (long) (1_000_000 / rate);
      clock.scheduleAtFixedRate(() -> run(work), period, period, TimeUnit.MICROSECONDS);
    }
  }

  private static void run(Work work) {
    try {
      work.run();
    } catch (IOException e) {
      print("\"failed\": \"%s\"", e);
    }
  }

  private void probe(Path folder) throws IOException {
    String name = "PROBE-" + System.nanoTime();
    String now = Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
    Path part = folder.resolve(name + ".part");
    Files.writeString(
        part,
        """
        {"_airbyte_raw_id":"%1$s","_airbyte_extracted_at":%2$d,"_airbyte_data":{"sale_id":"%1$s",\
        "updated_at":"%3$s","sequence":1,"status":"SOLD","sold_at":"%3$s","model_id":"M00009",\
        "dealer_id":"%1$s","list_price":27450.00,"net_price":26170.00,"currency":"EUR"}}
        """
            .formatted(name, System.currentTimeMillis(), now));
    sent.put(name, System.nanoTime());
    Files.move(part, folder.resolve(name + ".jsonl"), StandardCopyOption.ATOMIC_MOVE);
  }

  private static void memory() throws IOException {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    long resident =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("VmRSS:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
            .findFirst()
            .orElseThrow();
    print(
        "\"heap_mb\": %d, \"resident_mb\": %d, \"threads\": %d",
        (runtime.totalMemory() - runtime.freeMemory()) >> 20,
        resident >> 10,
        Thread.activeCount());
  }

  private static synchronized void print(String format, Object... values) {
    System.out.printf(
        Locale.ROOT,
        "{\"at\": %.3f, %s}%n",
        System.currentTimeMillis() / 1e3,
        String.format(Locale.ROOT, format, values));
    System.out.flush();
  }

  @Override
  public void stage(String message) {
    print("\"stage\": \"%s\"", message.replace("\\", "\\\\").replace("\"", "'"));
  }

  @Override
  public void loaded(LiveLoad load, Connection warehouse) throws SQLException {
    long now = System.nanoTime();
    versions += load.versions();
    panes += load.panes();
    if (load.files() > 0) {
      print(
          "\"versions\": %d, \"panes\": %d, \"waiting\": %d, \"rejected\": %d",
          versions, panes, load.waiting(), load.rejectedRecords());
    }
    if (!sent.isEmpty() && load.panes() > 0) {
      lookForProbes(warehouse, now);
    }
    if (expected > 0 && versions >= expected) {
      print("\"complete\": true");
    }
  }

  private void lookForProbes(Connection warehouse, long now) throws SQLException {
    try (Statement statement = warehouse.createStatement();
        ResultSet rows = statement.executeQuery(SEEN)) {
      while (rows.next()) {
        Long since = sent.remove(rows.getString(1));
        if (since != null) {
          print("\"latency\": %.3f", (now - since) / 1e9);
        }
      }
    }
  }
}
