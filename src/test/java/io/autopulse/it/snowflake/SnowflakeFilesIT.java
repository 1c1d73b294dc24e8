package io.autopulse.it.snowflake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autopulse.testing.AutopulseJar;
import io.autopulse.testing.snowflake.SharedSnowflake;
import io.autopulse.testing.snowflake.SnowflakeEmulator;
import io.autopulse.testing.snowflake.SnowflakeKeys;
import io.autopulse.testing.snowflake.SnowflakeSession;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.Signature;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** The emulator copies files from and to S3, and by pipes, as Snowflake documents. */
@ExtendWith(SharedSnowflake.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class SnowflakeFilesIT {
  /** How SnowflakeIO writes it. */
  private static final String FORMAT =
      "file_format = (type = csv field_optionally_enclosed_by = '0x27' compression = gzip)";

  private static final String INTEGRATION = " storage_integration = S3_INT";
  private static final String PIPE = "SNOWFLAKEFILESIT.RAW.NOTES_PIPE";

  private SnowflakeEmulator snowflake;
  private SnowflakeSession session;

  @BeforeEach
  void openSession(SnowflakeEmulator shared) throws SQLException {
    snowflake = shared;
    session = SnowflakeSession.open(snowflake, SnowflakeFilesIT.class);
    session.run("create or replace table notes (id number(38, 0), note varchar)");
  }

  @AfterEach
  void closeSession() throws SQLException {
    session.close();
  }

  @Test
  void namedFilesAreCopiedAndCounted() throws Exception {
    put("named/a.csv.gz", "1,'it''s, \"so\"'\n2,''\n3,\n");
    put("named/b.csv.gz", "4,'two\nlines'\n5,'\\N'\n6,\\N\n7,'# 007'\n");
    put("named/c.csv.gz", "8,'not named'\n");

    String copy =
        "copy into notes from 's3://staging/named/' files = ('a.csv.gz', 'b.csv.gz') " + FORMAT;
    assertThat(session.update(copy + INTEGRATION), is(7));
    assertThat(
        session.rows("select id, note from notes order by id"),
        contains("1|it's, \"so\"", "2|", "3|null", "4|two\nlines", "5|\\N", "6|null", "7|# 007"));
  }

  @Test
  void loadedFileIsNotLoadedAgain() throws Exception {
    put("again/a.csv.gz", "1,'a'\n");
    String copy = "copy into notes from 's3://staging/again/' " + FORMAT + INTEGRATION;
    assertThat(session.update(copy), is(1));
    assertThat(session.update(copy), is(0));

    assertThat(session.rows("select count(*) from notes"), contains("1"));
  }

  @Test
  void copyCanBeUndone() throws Exception {
    put("undone/a.csv.gz", "1,'a'\n");
    session.connection().setAutoCommit(false);
    session.run("copy into notes from 's3://staging/undone/' " + FORMAT + INTEGRATION);
    session.connection().rollback();

    assertThat(session.rows("select count(*) from notes"), contains("0"));
  }

  @Test
  void fileThatFailsLeavesNoRowOfTheOthers() throws Exception {
    put("failing/a.csv.gz", "1,'fine'\n");
    put("failing/b.csv.gz", "two,'not a number'\n");
    SQLException error =
        session.fail("copy into notes from 's3://staging/failing/' " + FORMAT + INTEGRATION);

    assertThat(error.getErrorCode(), is(100038));
    assertThat(session.rows("select count(*) from notes"), contains("0"));
  }

  @Test
  void lineHasAsManyFieldsAsTheTable() throws Exception {
    put("fields/a.csv.gz", "1,'fine',3\n");
    String copy = "copy into notes from 's3://staging/fields/' " + FORMAT + INTEGRATION;

    assertThat(session.fail(copy).getErrorCode(), is(100080));
  }

  @Test
  void locationNeedsAnIntegrationThatExists() throws Exception {
    put("unknown/a.csv.gz", "1,'fine'\n");
    String load = "copy into notes from 's3://staging/unknown/' " + FORMAT;
    String unload = "copy into 's3://staging/unknown/' from notes ";

    assertThat(session.fail(load).getErrorCode(), is(3001));
    for (String copy : new String[] {load, unload}) {
      SQLException error = session.fail(copy + " storage_integration = NONE_SUCH");
      assertThat(error.getErrorCode(), is(2003));
      assertThat(
          error.getMessage(), containsString("Integration 'NONE_SUCH' does not exist or not auth"));
    }
  }

  @Test
  void fileThatIsNotThereIsAnError() {
    String copy = "copy into notes from 's3://staging/' files = ('gone') " + FORMAT + INTEGRATION;

    assertThat(session.fail(copy).getErrorCode(), is(91016));
  }

  @Test
  void queryIsUnloaded() throws Exception {
    session.run(
        "insert into notes values (1, 'it''s'), (2, null), (3, ''), (4, 'left out')",
        "copy into 's3://staging/out/' from (select id, note from notes where id < 4 order by id)"
            + INTEGRATION
            + " "
            + FORMAT);

    assertThat(get("out/data_0_0_0.csv.gz"), is("1,'it''s'\n2,\\N\n3,''\n"));
  }

  @Test
  void pipeLoadsTheFilesThatTheUserNames() throws Exception {
    createPipe();
    put("pipe/a.csv.gz", "1,'a'\n2,'b'\n");
    KeyPair user = snowflake.keys().user();

    assertThat(insertFiles(PIPE, user, "a.csv.gz").statusCode(), is(200));
    JsonNode file = loaded(user);
    assertThat(file.get("path").asText(), is("a.csv.gz"));
    assertThat(file.get("status").asText(), is("LOADED"));
    assertThat(file.get("rowsInserted").asInt(), is(2));
    assertThat(session.rows("select id from notes order by id"), contains("1", "2"));
  }

  @Test
  void pipeReportsAFileThatDoesNotLoad() throws Exception {
    createPipe();
    KeyPair user = snowflake.keys().user();

    assertThat(insertFiles(PIPE, user, "gone.csv.gz").statusCode(), is(200));
    JsonNode file = loaded(user);
    assertThat(file.get("status").asText(), is("LOAD_FAILED"));
    assertThat(file.get("firstError").asText(), containsString("gone.csv.gz' was not found"));
  }

  @Test
  void pipeRefusesAnotherKey() throws Exception {
    createPipe();
    HttpResponse<String> answer = insertFiles(PIPE, SnowflakeKeys.keyPair(), "a.csv.gz");

    assertThat(answer.statusCode(), is(401));
    assertThat(new ObjectMapper().readTree(answer.body()).get("code").asText(), is("390144"));
  }

  @Test
  void unknownPipeIsNotFound() throws Exception {
    createPipe();
    session.run("drop pipe NOTES_PIPE");

    assertThat(insertFiles(PIPE, snowflake.keys().user(), "a.csv.gz").statusCode(), is(404));
  }

  @Test
  void pipePassesOverANameThatItHasLoadedWhateverTheFileHolds() throws Exception {
    createPipe();
    KeyPair user = snowflake.keys().user();
    put("pipe/again.csv.gz", "1,'a'\n");
    insertFiles(PIPE, user, "again.csv.gz");
    loaded(user);
    put("pipe/again.csv.gz", "2,'b'\n");
    insertFiles(PIPE, user, "again.csv.gz");
    put("pipe/next.csv.gz", "3,'c'\n");
    insertFiles(PIPE, user, "next.csv.gz");

    awaitHistory(
        "s3://staging/pipe/again.csv.gz|Loaded|null", "s3://staging/pipe/next.csv.gz|Loaded|null");
    assertThat(session.rows("select id from notes order by id"), contains("1", "3"));
  }

  @Test
  void historyTellsWhatPipesLoadedAndWhatNot() throws Exception {
    createPipe();
    assertThat(session.rows(HISTORY), is(List.of()));
    KeyPair user = snowflake.keys().user();
    put("pipe/bad.csv.gz", "one,'a'\n");
    put("pipe/good.csv.gz", "1,'a'\n");
    insertFiles(PIPE, user, "bad.csv.gz\"}, {\"path\": \"good.csv.gz");
    for (int i = 0; i < 100 && session.rows(HISTORY).size() < 2; i++) {
      AutopulseJar.pause(100);
    }

    // One file's error is no other's.
    List<String> history = session.rows(HISTORY);
    assertThat(history.size(), is(2));
    assertThat(history.get(0), startsWith("bad.csv.gz|Load failed|"));
    assertThat(history.get(1), is("s3://staging/pipe/good.csv.gz|Loaded|null"));
  }

  @Test
  void pipeThatWithholdsAnswersAsEver() throws Exception {
    createPipe();
    KeyPair user = snowflake.keys().user();
    put("pipe/lost.csv.gz", "1,'a'\n");
    put("pipe/kept.csv.gz", "2,'b'\n");
    snowflake.withhold(PIPE, 1);

    assertThat(insertFiles(PIPE, user, "lost.csv.gz").statusCode(), is(200));
    assertThat(insertFiles(PIPE, user, "kept.csv.gz").statusCode(), is(200));
    awaitHistory("s3://staging/pipe/kept.csv.gz|Loaded|null");
    assertThat(session.rows("select id from notes"), contains("2"));
  }

  @Test
  void statusIsOfAPipeThatIsThere() throws Exception {
    createPipe();
    assertThat(
        session.rows("select system$pipe_status('" + PIPE + "')"),
        contains("{\"executionState\":\"RUNNING\",\"pendingFileCount\":0}"));
    assertThat(session.fail("select system$pipe_status('NONE_SUCH')").getErrorCode(), is(2003));
  }

  private static final String HISTORY =
      "select file_name, status, first_error_message from table(information_schema.copy_history("
          + "table_name => 'SNOWFLAKEFILESIT.RAW.NOTES', start_time => dateadd('day', -14, current_timestamp()))) order by 1";

  private void awaitHistory(String... rows) throws SQLException {
    List<String> wanted = List.of(rows);
    for (int i = 0; i < 100 && !session.rows(HISTORY).equals(wanted); i++) {
      AutopulseJar.pause(100);
    }
    assertThat(session.rows(HISTORY), is(wanted));
  }

  private void createPipe() throws SQLException {
    session.run(
        "create or replace pipe NOTES_PIPE as copy into notes from 's3://staging/pipe/' "
            + FORMAT
            + INTEGRATION);
  }

  private JsonNode loaded(KeyPair user) throws Exception {
    for (int i = 0; i < 100; i++) {
      HttpResponse<String> answer = send(user, request(PIPE, "insertReport").GET());
      JsonNode files = new ObjectMapper().readTree(answer.body()).get("files");
      if (!files.isEmpty()) {
        return files.get(0);
      }
      AutopulseJar.pause(100);
    }
    throw new AssertionError("nothing was loaded");
  }

  private HttpResponse<String> insertFiles(String pipe, KeyPair key, String file) throws Exception {
    String body = "{\"files\": [{\"path\": \"" + file + "\"}]}";
    return send(key, request(pipe, "insertFiles").POST(BodyPublishers.ofString(body)));
  }

  private HttpRequest.Builder request(String pipe, String call) {
    return HttpRequest.newBuilder(
        snowflake.pipes().resolve("/v1/data/pipes/" + pipe + "/" + call + "?requestId=1"));
  }

  private HttpResponse<String> send(KeyPair key, HttpRequest.Builder request) throws Exception {
    SnowflakeKeys keys = snowflake.keys();
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(KeyStore.getInstance(keys.trustStore().toFile(), keys.passphrase().toCharArray()));
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(null, trust.getTrustManagers(), null);
    return HttpClient.newBuilder()
        .sslContext(tls)
        .build()
        .send(
            request
                .header("Authorization", "Bearer " + token(key))
                .header("Content-Type", "application/json")
                .build(),
            BodyHandlers.ofString());
  }

  /** A JWT as Snowflake wants it: issued by the user and the fingerprint of the public key. */
  private static String token(KeyPair key) throws Exception {
    String subject = SnowflakeEmulator.ACCOUNT + "." + SnowflakeEmulator.USER;
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getPublic().getEncoded());
    String issuer = subject + ".SHA256:" + Base64.getEncoder().encodeToString(digest);
    long now = Instant.now().getEpochSecond();
    String content =
        encoded("{\"alg\":\"RS256\",\"typ\":\"JWT\"}".getBytes(UTF_8))
            + "."
            + encoded(
                "{\"iss\":\"%s\",\"sub\":\"%s\",\"iat\":%d,\"exp\":%d}"
                    .formatted(issuer, subject, now, now + 60)
                    .getBytes(UTF_8));
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(key.getPrivate());
    signature.update(content.getBytes(UTF_8));
    return content + "." + encoded(signature.sign());
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private void put(String name, String text) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(file)) {
      out.write(text.getBytes(UTF_8));
    }
    try (S3Client s3 = snowflake.s3()) {
      s3.putObject(
          request -> request.bucket(SnowflakeEmulator.BUCKET).key(name),
          RequestBody.fromBytes(file.toByteArray()));
    }
  }

  private String get(String name) throws IOException {
    try (S3Client s3 = snowflake.s3();
        InputStream in =
            new GZIPInputStream(
                new ByteArrayInputStream(
                    s3.getObjectAsBytes(r -> r.bucket(SnowflakeEmulator.BUCKET).key(name))
                        .asByteArray()))) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
