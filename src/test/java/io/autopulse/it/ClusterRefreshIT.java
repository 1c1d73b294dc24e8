package io.autopulse.it;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.autopulse.it.snowflake.SnowflakeRefreshes;
import io.autopulse.testing.AutopulseJar;
import io.autopulse.testing.AutopulseJar.Result;
import io.autopulse.testing.FlinkCluster;
import io.autopulse.testing.Landing;
import io.autopulse.testing.PublishedTables;
import io.autopulse.testing.Refresh;
import io.autopulse.testing.snowflake.MetadataService;
import io.autopulse.testing.snowflake.SharedSnowflake;
import io.autopulse.testing.snowflake.SnowflakeEmulator;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The refresh on a Flink cluster of two TaskManagers, submitted with the shipped configuration. */
@ExtendWith(SharedSnowflake.class)
class ClusterRefreshIT {
  private static final String DATABASE = "CLUSTERREFRESHIT";

  @TempDir Path folder;

  @Test
  void clusterGivesTheTablesOfTheDirectRunnerInBothWarehouses(SnowflakeEmulator snowflake)
      throws IOException, SQLException {
    // A session makes the database.
    snowflake.dropCoreTables(DATABASE);
    Path manifest = Landing.generate(folder.resolve("landing"), 3_000, 0.02);
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
      // The workers have no keys of S3: the job brings them, and the region.
      SnowflakeRefreshes refreshes =
          new SnowflakeRefreshes(
                  folder,
                  "snowflake://EMULATED/" + DATABASE + "/AUTOPULSE_CORE",
                  snowflake.environment("cluster"),
                  List.of(
                      "--awsRegion=us-east-1",
                      "--endpoint=" + snowflake.s3Endpoint(),
                      "--awsCredentialsProvider={\"@type\":\"StaticCredentialsProvider\",\"accessKeyId\":\"test\",\"secretAccessKey\":\"test\"}"))
              .with("AUTOPULSE_FLINK_MASTER", cluster.master());
      Result published = refreshes.run(manifest, refreshes.uri(), "flink-cluster");
      assertThat(published.err() + cluster.logs(), published.exitCode(), is(0));
      refreshes.assertSameTables(local);
      refreshes.assertNothingStaged();
      assertThat("workers asked for a region or a role", metadata.asked(), is(0));
    }

    assertThat(PublishedTables.of(database), is(PublishedTables.of(local)));
  }
}
