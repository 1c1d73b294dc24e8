package io.autopulse.it.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autopulse.testing.AutopulseJar;
import io.autopulse.testing.FlinkCluster;
import io.autopulse.testing.Landing;
import io.autopulse.testing.LiveTopics;
import io.autopulse.testing.Nightly;
import io.autopulse.testing.Parity;
import io.autopulse.testing.Refresh;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The live job as production has it: the jar submitted to a Flink cluster of processes, sales from
 * a real Kafka, the loader a process of its own. Task managers are killed, then the job manager,
 * the job goes on from its checkpoint, is upgraded by a savepoint with another parallelism and
 * panes of an hour, and is drained: what waits for its pane is handed out, and the tables are those
 * of the refresh over the same records.
 *
 * <p>Each build takes 5,000 sales and kills one TaskManager; {@code mvn verify -Pnightly} kills
 * both and the JobManager, takes 200,000 sales, then 5,000 in ten other orders with other moments.
 * {@code -Dautopulse.cluster.first=8} begins with another seed, {@code
 * -Dautopulse.cluster.seeds=20} takes more of them.
 */
class LiveClusterIT {
  private static final int FEW = 5_000;
  private static final int MANY = 200_000;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern METRIC = Pattern.compile("flink_\\w+");

  // What a failure leaves is its evidence.
  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path folder;

  static Stream<Arguments> runs() {
    long first = Long.getLong("autopulse.cluster.first", 1);
    int others = Integer.getInteger("autopulse.cluster.seeds", Nightly.size(0, 10));
    return Stream.concat(
        Stream.of(arguments(first, Nightly.size(FEW, MANY))),
        LongStream.rangeClosed(first + 1, first + others).mapToObj(seed -> arguments(seed, FEW)));
  }

  @ParameterizedTest(name = "seed {0}, {1} versions")
  @MethodSource("runs")
  void killedProcessesARescaleAndADrainLoseAndDoubleNothing(long seed, int versions)
      throws Exception {
    Random random = new Random(seed);
    Path manifest = Landing.generate(folder.resolve("landing"), versions, 0);
    AutopulseJar local = AutopulseJar.in(folder);
    Refresh.of(manifest, folder.resolve("batch.duckdb")).run();
    Parity parity = new Parity(folder);
    try (LiveTopics topics = LiveTopics.start(folder);
        FlinkCluster cluster = FlinkCluster.start(folder.resolve("cluster"), 2, 1)) {
      List<byte[]> sales = new ArrayList<>(topics.records("sales"));
      Collections.shuffle(sales, random);
      int part = sales.size() / 6;
      AutopulseJar jar = local.with(Map.of("AUTOPULSE_FLINK_MASTER", cluster.master()));
      String live = topics.manifest("5200w").toString();
      String job = submit(cluster, jar, live, "--parallelism=2");
      AutopulseJar.Call loader = local.start("follow", live);

      topics.send("sales", null, "{broken".getBytes(UTF_8));
      topics.sendSales(sales.subList(0, part));
      cluster.awaitCheckpoint(job);
      assertDashboardHasItsMetrics(cluster);
      for (int number = 1; number <= 2; number++) {
        topics.sendSales(sales.subList(number * part, (number + 1) * part));
        work(random);
        if (number <= Nightly.size(1, 2)) {
          long restarts = cluster.restarts(job);
          cluster.killTaskManager(number);
          cluster.startTaskManager(number);
          cluster.awaitRestart(job, restarts);
          cluster.awaitRunning(job);
          cluster.awaitCheckpoint(job);
        }
      }

      topics.sendSales(sales.subList(3 * part, 4 * part));
      work(random);
      if (Nightly.runs()) {
        cluster.killJobManager();
        cluster.startJobManager();
        cluster.awaitTaskManagers(2);
        job = submit(cluster, jar, live, "--parallelism=2");
      }
      topics.sendSales(sales.subList(4 * part, 5 * part));
      work(random);

      Path savepoint = cluster.stopWithSavepoint(job);
      // Windows that have had a pane are changed once more: that waits for the next.
      live = topics.manifest("1h", "5200w").toString();
      job = submit(cluster, jar, live, "--parallelism=1", "--savepointPath=" + savepoint);
      topics.sendSales(sales.subList(5 * part, sales.size()));
      topics.awaitSent();
      Duration patience = Duration.ofMinutes(10 + versions / 10_000);
      assertThat(parity.await(Parity.SALE_VERSIONS, patience), is(true));
      assertThat("KPIs wait for their pane", parity.holds(Parity.TABLES), is(false));

      cluster.drain(job);
      boolean equal = parity.await(Parity.TABLES, patience);
      loader.process().destroy();
      String said = loader.await().err();
      assertThat(equal ? "" : parity.difference() + said + cluster.logs(), equal, is(true));
    }
  }

  /** Lets the job work on what was sent; each build kills it while all of that is on its way. */
  private static void work(Random random) {
    AutopulseJar.pause(Nightly.size(0, random.nextInt(2_000)));
  }

  /** Every metric that the dashboard of Grafana asks for is there, sooner or later. */
  private static void assertDashboardHasItsMetrics(FlinkCluster cluster) throws Exception {
    JsonNode dashboard = JSON.readTree(Path.of("dashboards/grafana/live-sales.json").toFile());
    List<String> names = new ArrayList<>();
    for (JsonNode expression : dashboard.findValues("expr")) {
      Matcher name = METRIC.matcher(expression.asText());
      while (name.find()) {
        names.add(name.group());
      }
    }
    assertThat(names.size(), is(greaterThan(8)));
    for (String name : names) {
      cluster.awaitMetric(name);
    }
  }

  private static String submit(
      FlinkCluster cluster, AutopulseJar jar, String manifest, String... beamOptions) {
    List<String> arguments =
        new ArrayList<>(List.of("run", manifest, "--runner-config", "flink-cluster-live", "--"));
    arguments.addAll(List.of("--checkpointingInterval=1000", "--minPauseBetweenCheckpoints=200"));
    arguments.addAll(List.of(beamOptions));
    jar.succeed(arguments.toArray(String[]::new));
    String job = cluster.awaitJob("live-topics");
    cluster.awaitRunning(job);
    return job;
  }
}
