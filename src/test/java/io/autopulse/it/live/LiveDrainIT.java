package io.autopulse.it.live;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.autopulse.testing.AutopulseJar;
import io.autopulse.testing.FlinkCluster;
import io.autopulse.testing.Landing;
import io.autopulse.testing.LiveTopics;
import io.autopulse.testing.Parity;
import io.autopulse.testing.Refresh;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A live job on a cluster is drained while changed KPIs wait for a pane that is an hour away: they
 * are handed out, and the tables are those of the refresh over the same records.
 */
class LiveDrainIT {
  private static final int VERSIONS = 3_000;

  @TempDir private Path folder;

  @Test
  void drainHandsOutWhatWaitsForItsPane() throws Exception {
    Path manifest = Landing.generate(folder.resolve("landing"), VERSIONS, 0);
    AutopulseJar local = AutopulseJar.in(folder);
    Refresh.of(manifest, folder.resolve("batch.duckdb")).run();
    Parity parity = new Parity(folder);
    try (LiveTopics topics = LiveTopics.start(folder);
        FlinkCluster cluster = FlinkCluster.start(folder.resolve("cluster"), 2, 1)) {
      AutopulseJar jar = local.with(Map.of("AUTOPULSE_FLINK_MASTER", cluster.master()));
      String live = topics.manifest("1h", "5200w").toString();
      String job = LiveClusterIT.submit(cluster, jar, live, "--parallelism=2");
      AutopulseJar.Call loader = local.start("follow", live);

      // The first change of a window that is over goes out at once; those after it wait for the
      // pane.
      List<byte[]> sales = topics.records("sales");
      int half = sales.size() / 2;
      topics.sendSales(sales.subList(0, half));
      topics.awaitSent();
      long distinctOfHalf = sales.subList(0, half).stream().map(String::new).distinct().count();
      assertThat(
          parity.await(
              "(select count(*) from live.autopulse_core.sale_versions) = " + distinctOfHalf),
          is(true));
      topics.sendSales(sales.subList(half, sales.size()));
      topics.awaitSent();
      assertThat(parity.await(Parity.SALE_VERSIONS), is(true));
      assertThat("KPIs wait for their pane", parity.holds(Parity.TABLES), is(false));

      cluster.drain(job);
      boolean equal = parity.await(Parity.TABLES);
      loader.process().destroy();
      String said = loader.await().err();
      assertThat(equal ? "" : parity.difference() + said + cluster.logs(), equal, is(true));
    }
  }
}
