package io.autopulse.it.live;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autopulse.testing.AutopulseJar;
import io.autopulse.testing.KafkaServer;
import io.autopulse.testing.Parity;
import io.autopulse.testing.Refresh;
import io.autopulse.testing.SharedServers;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sales that are generated as they happen, followed by the live job while they come. */
class LiveGenerateIT {
  private static final int RECORDS = 3_000;
  private static final String RATE = "150";

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  private AutopulseJar.Call generate(AutopulseJar jar, String... more) {
    return jar.start(
        Stream.concat(
                Stream.of(
                    "generate",
                    "--live",
                    "--to",
                    "stream",
                    "--rate",
                    RATE,
                    "--records",
                    "" + RECORDS),
                Stream.of(more))
            .toArray(String[]::new));
  }

  @Test
  void filesAsTheyLandEndWithTheTablesOfTheRefresh() throws Exception {
    AutopulseJar jar = AutopulseJar.in(folder);
    AutopulseJar live = jar.with(Map.of("AUTOPULSE_WAREHOUSE", "duckdb:live.duckdb"));
    AutopulseJar.Call sales = generate(jar);
    assertThat(sales.awaitErr("Follow: autopulse run "), is(true));
    AutopulseJar.Call job = live.start("run", "stream/live.yaml");

    assertThat(sales.await().mustExit(0).err(), containsString("3,000 records of sales sent"));
    Refresh.of(folder.resolve("stream/refresh.yaml"), folder.resolve("batch.duckdb")).run();
    Parity parity = new Parity(folder);
    boolean equal = parity.await(Parity.TABLES);
    job.process().destroy();
    String said = job.await().err();
    assertThat(said + parity.difference(), equal, is(true));
  }

  @Test
  void messagesAreFollowedToTheLast() throws Exception {
    KafkaServer kafka = SharedServers.kafka();
    AutopulseJar jar = AutopulseJar.in(folder);
    AutopulseJar live = jar.with(Map.of("AUTOPULSE_WAREHOUSE", "duckdb:live.duckdb"));
    AutopulseJar.Call sales = generate(jar, "--bootstrap-servers", kafka.address());
    assertThat(sales.awaitErr("Follow: autopulse run "), is(true));
    AutopulseJar.Call job = live.start("run", "stream/live.yaml");

    assertThat(sales.await().mustExit(0).err(), containsString("3,000 records of sales sent"));
    List<byte[]> messages = kafka.messages("sales");
    assertThat(messages.size(), is(RECORDS));
    Set<String> versions = new HashSet<>();
    for (byte[] message : messages) {
      JsonNode sale = JSON.readTree(message);
      versions.add(sale.get("sale_id").asText() + "/" + sale.get("sequence"));
    }
    boolean all =
        new Parity(folder)
            .await(
                "(select count(*) from live.autopulse_core.sale_versions where make <> 'UNKNOWN') = "
                    + versions.size());
    job.process().destroy();
    String said = job.await().err();
    assertThat(said, all, is(true));
  }
}
