package io.autopulse.it;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.autopulse.testing.AutopulseJar;
import io.autopulse.testing.FlinkCluster;
import io.autopulse.testing.Landing;
import io.autopulse.testing.MetadataService;
import io.autopulse.testing.PublishedTables;
import io.autopulse.testing.Refresh;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The refresh on a Flink cluster of two TaskManagers, submitted with the shipped configuration. */
class ClusterRefreshIT {
  @TempDir Path folder;

  @Test
  void clusterGivesTheTablesOfTheDirectRunner() throws IOException {
    Path manifest = Landing.generate(folder.resolve("landing"), 8_000, 0.02);
    Path local = folder.resolve("local.duckdb");
    Refresh.of(manifest, local).run();

    Path database = folder.resolve("cluster.duckdb");
    try (MetadataService metadata = MetadataService.start();
        FlinkCluster cluster =
            FlinkCluster.start(folder.resolve("flink"), 2, 2, metadata.environment())) {
      AutopulseJar.in(folder)
          .with(Map.of("AUTOPULSE_FLINK_MASTER", cluster.master()))
          .succeed(
              "run",
              manifest.toString(),
              "--runner-config",
              "flink-cluster",
              "--warehouse",
              "duckdb:" + database);
      assertThat("workers asked for a region or a role", metadata.asked(), is(0));
    }

    assertThat(PublishedTables.of(database), is(PublishedTables.of(local)));
  }
}
