package io.autopulse.it;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.autopulse.testing.AutopulseJar;
import io.autopulse.testing.FlinkCluster;
import io.autopulse.testing.Landing;
import io.autopulse.testing.MetadataService;
import io.autopulse.testing.PublishedTables;
import io.autopulse.testing.Refresh;
import io.autopulse.testing.SharedSnowflake;
import io.autopulse.testing.SnowflakeEmulator;
import io.autopulse.testing.WarehouseRows;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The refresh on a Flink cluster of two TaskManagers, submitted with the shipped configuration. */
@ExtendWith(SharedSnowflake.class)
class ClusterRefreshIT {
  private static final String DATABASE = "CLUSTERREFRESHIT";

  @TempDir Path folder;

  @Test
  void clusterPublishesTheTablesOfTheDirectRunnerToBothWarehouses(SnowflakeEmulator snowflake)
      throws IOException, SQLException {
    Path manifest = Landing.generate(folder.resolve("landing"), 8_000, 0.02);
    Path local = folder.resolve("local.duckdb");
    Refresh.of(manifest, local).run();

    Path database = folder.resolve("cluster.duckdb");
    try (MetadataService metadata = MetadataService.start();
        FlinkCluster cluster =
            FlinkCluster.start(folder.resolve("flink"), 2, 2, metadata.environment())) {
      Map<String, String> environment = snowflake.environment("cluster");
      environment.put("AUTOPULSE_FLINK_MASTER", cluster.master());
      AutopulseJar jar = AutopulseJar.in(folder).with(environment);
      String[] run = {
        "run", manifest.toString(), "--runner-config", "flink-cluster", "--warehouse"
      };
      jar.succeed(with(run, "duckdb:" + database));
      // Workers have no keys of S3 in their environment here: the job brings them.
      jar.succeed(
          with(
              run,
              "snowflake://EMULATED/" + DATABASE + "/AUTOPULSE_CORE",
              "--",
              "--awsRegion=us-east-1",
              "--endpoint=" + snowflake.s3Endpoint(),
              "--awsCredentialsProvider={\"@type\":\"StaticCredentialsProvider\",\"accessKeyId\":\"test\",\"secretAccessKey\":\"test\"}"));
      assertThat("workers asked for a region or a role", metadata.asked(), is(0));
    }

    assertThat(PublishedTables.of(database), is(PublishedTables.of(local)));
    try (Connection emulated = snowflake.connect(DATABASE, "AUTOPULSE_CORE")) {
      WarehouseRows.assertSame(emulated, local);
    }
  }

  private static String[] with(String[] call, String... more) {
    return Stream.of(call, more).flatMap(Stream::of).toArray(String[]::new);
  }
}
