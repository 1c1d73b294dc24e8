package io.autopulse.it.snowflake;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.io.aws2.options.AwsOptions;
import org.apache.beam.sdk.io.snowflake.SnowflakeIO;
import org.apache.beam.sdk.io.snowflake.enums.CreateDisposition;
import org.apache.beam.sdk.io.snowflake.enums.WriteDisposition;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.options.ValueProvider.StaticValueProvider;
import org.apache.beam.sdk.transforms.Create;
import org.flywaydb.core.Flyway;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/** What the jar does with Snowflake, in a process that has no other classes. */
final class SnowflakeProbe {
  private SnowflakeProbe() {}

  /**
   * Migrates, loads a table and prints what is in it.
   *
   * @param arguments the address of the server by TLS, its plain port, the address of S3, the file
   *     of the user's key, the folder of a migration that makes the table {@code texts}
   */
  public static void main(String[] arguments) throws Exception {
    PrivateKey key = key(Path.of(arguments[3]));
    Properties login = new Properties();
    login.setProperty("user", "AUTOPULSE");
    login.setProperty("account", "EMULATED");
    login.setProperty("db", "PROBE");
    login.setProperty("schema", "RAW");
    login.setProperty("tracing", "OFF");
    login.put("privateKey", key);
    String url = "jdbc:snowflake://" + arguments[0] + "/";
    int migrations =
        Flyway.configure()
            .dataSource(url, "AUTOPULSE", "")
            .jdbcProperties(java.util.Map.of("private_key_file", arguments[3], "db", "PROBE"))
            .defaultSchema("CORE")
            .locations("filesystem:" + arguments[4])
            .load()
            .migrate()
            .migrationsExecuted;
    write(Integer.parseInt(arguments[1]), URI.create(arguments[2]), key);
    try (Connection connection = DriverManager.getConnection(url, login);
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("select count(*), max(text), sum(1.5) from CORE.TEXTS")) {
      rows.next();
      System.out.printf(
          "PROBED %d migration, %d rows, %s, %s%n",
          migrations, rows.getLong(1), rows.getString(2), rows.getBigDecimal(3));
    }
  }

  private static PrivateKey key(Path file) throws Exception {
    String pem = Files.readString(file).replaceAll("-----.*-----", "");
    return KeyFactory.getInstance("RSA")
        .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem)));
  }

  private static void write(int port, URI s3, PrivateKey key) {
    AwsOptions options = PipelineOptionsFactory.create().as(AwsOptions.class);
    options.setRunner(DirectRunner.class);
    options.setAwsRegion(Region.US_EAST_1);
    options.setEndpoint(s3);
    options.setAwsCredentialsProvider(
        StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")));
    Pipeline pipeline = Pipeline.create(options);
    pipeline
        .apply(Create.of(List.of("a", "it's", "z")).withCoder(StringUtf8Coder.of()))
        .apply(
            SnowflakeIO.<String>write()
                .withDataSourceConfiguration(
                    SnowflakeIO.DataSourceConfiguration.create()
                        .withServerName(StaticValueProvider.of("http://127.0.0.1"))
                        .withPortNumber(port)
                        .withDatabase("PROBE")
                        .withSchema("CORE")
                        .withKeyPairAuth("AUTOPULSE", key))
                .to("TEXTS")
                .withStagingBucketName("s3://staging/probe/")
                .withStorageIntegrationName("S3_INT")
                .withUserDataMapper(text -> new Object[] {text})
                .withCreateDisposition(CreateDisposition.CREATE_NEVER)
                .withWriteDisposition(WriteDisposition.APPEND));
    pipeline.run().waitUntilFinish();
  }
}
