package io.autopulse.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autopulse.testing.AutopulseJar;
import io.autopulse.testing.FlinkCluster;
import io.autopulse.testing.Landing;
import io.autopulse.testing.LiveTopics;
import io.autopulse.testing.Parity;
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
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The live job as production has it: the jar submitted to a Flink cluster of processes, sales from
 * a real Kafka, the loader a process of its own. Both task managers are killed, then the job
 * manager, the job goes on from its checkpoint, is upgraded by a savepoint with another
 * parallelism, and its tables are those of the refresh over the same records.
 *
 * <p>More runs, each with other moments and orders: {@code mvn verify -Dit.test=LiveClusterIT
 * -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false -Dautopulse.cluster.seeds=10}; {@code
 * -Dautopulse.cluster.first=8} begins with another seed, {@code -Dautopulse.cluster.versions=20000}
 * takes fewer sales.
 */
class LiveClusterIT {
  private static final int VERSIONS = Integer.getInteger("autopulse.cluster.versions", 200_000);

  private static final Duration PATIENCE = Duration.ofMinutes(3 + VERSIONS / 20_000);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern METRIC = Pattern.compile("flink_\\w+");

  // What a failure leaves is its evidence.
  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path folder;

  static LongStream seeds() {
    long first = Long.getLong("autopulse.cluster.first", 1);
    return LongStream.range(first, first + Long.getLong("autopulse.cluster.seeds", 1));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyProcessKilledInTurnLosesAndDoublesNothing(long seed) throws Exception {
    Random random = new Random(seed);
    Path manifest = Landing.generate(folder.resolve("landing"), VERSIONS, 0);
    AutopulseJar local = AutopulseJar.in(folder);
    local.succeed("run", manifest.toString(), "--warehouse", "duckdb:batch.duckdb");
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
        Thread.sleep(random.nextInt(2_000));
        long restarts = cluster.restarts(job);
        cluster.killTaskManager(number);
        cluster.startTaskManager(number);
        cluster.awaitRestart(job, restarts);
        cluster.awaitRunning(job);
        cluster.awaitCheckpoint(job);
      }

      topics.sendSales(sales.subList(3 * part, 4 * part));
      Thread.sleep(random.nextInt(2_000));
      cluster.killJobManager();
      cluster.startJobManager();
      cluster.awaitTaskManagers(2);
      job = submit(cluster, jar, live, "--parallelism=2");
      topics.sendSales(sales.subList(4 * part, 5 * part));
      Thread.sleep(random.nextInt(2_000));

      Path savepoint = cluster.stopWithSavepoint(job);
      job = submit(cluster, jar, live, "--parallelism=1", "--savepointPath=" + savepoint);
      topics.sendSales(sales.subList(5 * part, sales.size()));
      topics.awaitSent();
      boolean equal = parity.await(Parity.TABLES, PATIENCE);
      cluster.cancel(job);
      loader.process().destroy();
      String said = loader.await().err();
      assertThat(equal ? "" : parity.difference() + said + cluster.logs(), equal, is(true));
    }
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

  static String submit(
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
