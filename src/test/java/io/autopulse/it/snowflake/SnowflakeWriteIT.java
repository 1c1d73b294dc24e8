package io.autopulse.it.snowflake;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.autopulse.testing.LoopbackWatch;
import io.autopulse.testing.snowflake.SharedSnowflake;
import io.autopulse.testing.snowflake.SnowflakeEmulator;
import io.autopulse.testing.snowflake.SnowflakeSession;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.io.aws2.options.AwsOptions;
import org.apache.beam.sdk.io.snowflake.SnowflakeIO;
import org.apache.beam.sdk.io.snowflake.enums.CreateDisposition;
import org.apache.beam.sdk.io.snowflake.enums.WriteDisposition;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.options.ValueProvider.StaticValueProvider;
import org.apache.beam.sdk.transforms.Create;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.regions.Region;

/** Beam's unmodified SnowflakeIO loads a table of ours in the emulator, whatever the texts hold. */
@ExtendWith(SharedSnowflake.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SnowflakeWriteIT {
  private static final String DATABASE = "SNOWFLAKEWRITEIT";

  private static final List<String> TEXTS =
      Collections.unmodifiableList(
          Arrays.asList(
              "plain",
              null,
              "",
              " ",
              "'",
              "''",
              "'''",
              "\"",
              "say \"so\"",
              "O'Neill, \"Ltd\"",
              "\\",
              "\\'",
              "ends with \\",
              "\\\\n",
              "\\N",
              "N",
              "NULL",
              "null",
              ",",
              ",,,",
              "'); DROP TABLE notes; --",
              "two\nlines",
              "\n",
              "windows\r\nlines",
              "\r\n",
              "return\ralone",
              "tab\there",
              "# no comment",
              "0x27",
              "007",
              "1e5",
              " both ends ",
              "ümlaut ß – “quoted”",
              "🚗 🏎️ 👩‍🔧",
              "中文 العربية",
              "a\u0000b",
              "\uFEFFmarked",
              "x".repeat(10_000),
              "'\"\\,\r\n".repeat(5_000)));

  @Test
  void hostileTextsArriveAsTheyAre(SnowflakeEmulator snowflake) throws Exception {
    try (SnowflakeSession session = new SnowflakeSession(snowflake.connect(DATABASE, "RAW"))) {
      session.run("create or replace table notes (id number(38, 0) not null, note varchar)");
      write(snowflake);

      List<String> found = new ArrayList<>();
      try (PreparedStatement select =
              session.connection().prepareStatement("select id, note from notes order by id");
          ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          assertThat(rows.getInt(1), is(found.size()));
          found.add(rows.getString(2));
        }
      }
      assertThat(found, is(TEXTS));
    }
  }

  @Test
  void nobodyElseIsCalled(SnowflakeEmulator snowflake) throws Exception {
    try (SnowflakeSession session = new SnowflakeSession(snowflake.connect(DATABASE, "RAW"));
        LoopbackWatch watch = LoopbackWatch.start(snowflake)) {
      session.run("create or replace table notes (id number(38, 0) not null, note varchar)");
      write(snowflake);
      watch.assertNobodyElseWasCalled();
    }
  }

  private static void write(SnowflakeEmulator snowflake) {
    AwsOptions options = PipelineOptionsFactory.create().as(AwsOptions.class);
    options.setRunner(DirectRunner.class);
    options.setAwsRegion(Region.US_EAST_1);
    options.setEndpoint(snowflake.s3Endpoint());
    options.setAwsCredentialsProvider(SnowflakeEmulator.credentials());
    Pipeline pipeline = Pipeline.create(options);
    pipeline
        .apply(
            Create.of(IntStream.range(0, TEXTS.size()).boxed().toList())
                .withCoder(VarIntCoder.of()))
        .apply(
            SnowflakeIO.<Integer>write()
                .withDataSourceConfiguration(
                    SnowflakeIO.DataSourceConfiguration.create()
                        // This overload takes a host that is not of snowflakecomputing.com.
                        .withServerName(StaticValueProvider.of("http://" + snowflake.host()))
                        .withPortNumber(snowflake.port())
                        .withDatabase(DATABASE)
                        .withSchema("RAW")
                        .withKeyPairAuth(
                            SnowflakeEmulator.USER, snowflake.keys().user().getPrivate()))
                .to("notes")
                .withStagingBucketName("s3://" + SnowflakeEmulator.BUCKET + "/notes/")
                .withStorageIntegrationName(SnowflakeEmulator.INTEGRATION)
                .withUserDataMapper(index -> new Object[] {index, TEXTS.get(index)})
                .withCreateDisposition(CreateDisposition.CREATE_NEVER)
                .withWriteDisposition(WriteDisposition.APPEND));
    pipeline.run().waitUntilFinish();
  }
}
