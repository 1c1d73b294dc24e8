package io.autopulse.it.snowflake;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;

import io.autopulse.testing.AutopulseJar;
import io.autopulse.testing.snowflake.SharedSnowflake;
import io.autopulse.testing.snowflake.SnowflakeEmulator;
import io.autopulse.testing.snowflake.SnowflakeKeys;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The jar leaves out parts of the Snowflake driver, and none that we need. */
@ExtendWith(SharedSnowflake.class)
class SnowflakeJarIT {
  @TempDir Path folder;

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void jarMigratesLoadsAndReadsByTlsAndKeyPair(SnowflakeEmulator snowflake) throws Exception {
    Path migrations = Files.createDirectory(folder.resolve("migrations"));
    Files.writeString(
        migrations.resolve("V1__texts.sql"),
        "create table texts (text varchar not null);\ninsert into texts values ('first');\n");
    SnowflakeKeys keys = snowflake.keys();
    Path out = folder.resolve("out");
    Process probe =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                // No other host is found.
                "-Djdk.net.hosts.file=" + snowflake.hostsFile(),
                "-Djavax.net.ssl.trustStore=" + keys.trustStore(),
                "-Djavax.net.ssl.trustStorePassword=" + keys.passphrase(),
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--add-opens=java.base/java.time=ALL-UNNAMED",
                "-cp",
                AutopulseJar.file() + File.pathSeparator + "target/test-classes",
                SnowflakeProbe.class.getName(),
                SnowflakeEmulator.HOST_NAME + ":" + snowflake.pipes().getPort(),
                String.valueOf(snowflake.port()),
                snowflake.s3Endpoint().toString(),
                keys.plain().toString(),
                migrations.toString())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    if (!probe.waitFor(4, TimeUnit.MINUTES)) {
      probe.destroyForcibly().waitFor();
    }

    assertThat(Files.readString(out), containsString("PROBED 1 migration, 4 rows, z, 6.0"));
  }
}
