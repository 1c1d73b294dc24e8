package io.autopulse.testing.snowflake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autopulse.testing.AutopulseJar;
import io.autopulse.testing.PythonEnvironment;
import io.autopulse.testing.ReadyProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A Snowflake on the loopback interface, with an S3 to load from: processes of {@code
 * src/test/python/snowflake}, whose documentation says what they do as Snowflake does and what not.
 * It is killed as {@code kill -9} does and started again under the same address with the same
 * databases. What passes here is proven for the emulator.
 */
public final class SnowflakeEmulator implements AutoCloseable {
  /** The user, and the account that the user is of. */
  public static final String USER = "AUTOPULSE";

  /** See {@link #USER}. */
  public static final String ACCOUNT = "EMULATED";

  /** The user's password. */
  public static final String PASSWORD = "correct horse";

  /** The only storage integration there is. */
  public static final String INTEGRATION = "S3_INT";

  /** What {@link #hostsFile} knows the server by; some clients take no other domain. */
  public static final String HOST_NAME = "emulated.snowflakecomputing.com";

  /** The bucket that is there. */
  public static final String BUCKET = "staging";

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final Path SOURCES =
      Path.of(System.getProperty("basedir", ""), "src/test/python/snowflake");
  private static final Path ENVIRONMENTS =
      Path.of(System.getProperty("basedir", ""), "target/python/snowflake");

  /** Neither a proxy nor an address of a cloud's metadata is asked. */
  private static final Map<String, String> QUIET =
      Map.of(
          "NO_PROXY", "127.0.0.1,localhost",
          "no_proxy", "127.0.0.1,localhost",
          "AWS_EC2_METADATA_DISABLED", "true",
          "AWS_ACCESS_KEY_ID", "test",
          "AWS_SECRET_ACCESS_KEY", "test",
          "SNOWFLAKE_DISABLE_PLATFORM_DETECTION", "true");

  /**
   * The driver logs every session, and every error that a test provokes. Held, so that it stays so.
   */
  private static final Logger DRIVER_LOG = Logger.getLogger("net.snowflake");

  static {
    DRIVER_LOG.setLevel(Level.OFF);
  }

  /** An error that Snowflake answers. */
  private record SqlError(int code, String state) {}

  private static final SqlError LOST = new SqlError(390_111, "08001");
  private static final SqlError LOCKED = new SqlError(625, "57014");

  private final Path folder;
  private final PythonEnvironment python;
  private final SnowflakeKeys keys;
  private final ReadyProcess s3;
  private final HttpClient http = HttpClient.newHttpClient();
  private ReadyProcess server;
  private int started;

  private SnowflakeEmulator(Path folder, PythonEnvironment python, SnowflakeKeys keys)
      throws IOException {
    this.folder = folder;
    this.python = python;
    this.keys = keys;
    this.s3 = launch("s3", "emulator.s3", BUCKET);
    try {
      this.server = launchServer(0, 0);
    } catch (IOException | RuntimeException e) {
      s3.close();
      throw e;
    }
  }

  /** Starts an emulator that keeps keys, logs and databases in a folder. */
  public static SnowflakeEmulator start(Path folder) throws IOException {
    Files.createDirectories(folder);
    try {
      SnowflakeKeys keys = SnowflakeKeys.generate(folder.resolve("keys"), HOST_NAME, "localhost");
      return new SnowflakeEmulator(folder, python(), keys);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the Python that it runs in, which has Snowflake's connector too. */
  public static PythonEnvironment python() throws IOException {
    return PythonEnvironment.of(SOURCES.resolve("requirements.txt"), ENVIRONMENTS);
  }

  private ReadyProcess launchServer(int port, int pipePort) throws IOException {
    started++;
    return launch(
        "snowflake-" + started,
        "emulator",
        "--port=" + port,
        "--pipe-port=" + pipePort,
        "--data=" + folder.resolve("databases"),
        "--certificate=" + keys.certificate(),
        "--certificate-key=" + keys.certificateKey(),
        "--user=" + USER,
        "--password=" + PASSWORD,
        "--public-key=" + keys.publicKey(),
        "--integration=" + INTEGRATION,
        "--s3-endpoint=" + s3Endpoint());
  }

  private ReadyProcess launch(String name, String module, String... arguments) throws IOException {
    Path log = folder.resolve(name + ".log");
    ProcessBuilder builder = python.module(module, SOURCES, log);
    List<String> command = new ArrayList<>(builder.command());
    command.addAll(List.of(arguments));
    builder.command(command).environment().putAll(QUIET);
    return ReadyProcess.start(builder, log);
  }

  /** Returns the address for JDBC, which is not secured by TLS here. */
  public String host() {
    return "127.0.0.1";
  }

  /** Returns the port of {@link #host}. */
  public int port() {
    return server.port("port");
  }

  /** Returns the variables that name the server and the user, to which the caller adds a secret. */
  public Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    environment.put("AUTOPULSE_SNOWFLAKE_HOST", "http://%s:%d".formatted(host(), port()));
    environment.put("AUTOPULSE_SNOWFLAKE_USER", USER);
    return environment;
  }

  /**
   * Returns the variables of a run that stages in a folder of the bucket.
   *
   * @param stage the folder's name
   */
  public Map<String, String> environment(String stage) {
    Map<String, String> environment = environment();
    environment.put("AUTOPULSE_SNOWFLAKE_PRIVATE_KEY_FILE", keys.plain().toString());
    environment.put("AUTOPULSE_SNOWFLAKE_STAGE", "s3://" + BUCKET + "/" + stage + "/");
    environment.put("AUTOPULSE_SNOWFLAKE_INTEGRATION", INTEGRATION);
    environment.put("AWS_ACCESS_KEY_ID", "test");
    environment.put("AWS_SECRET_ACCESS_KEY", "test");
    return environment;
  }

  /**
   * Returns where Snowpipe's REST calls go, by TLS that {@link SnowflakeKeys#trustStore} trusts.
   */
  public URI pipes() {
    return URI.create("https://localhost:" + server.port("pipe_port"));
  }

  /** Returns the address of S3. */
  public URI s3Endpoint() {
    return URI.create("http://127.0.0.1:" + s3.port("port"));
  }

  /** Returns a client of S3. */
  public S3Client s3() {
    return S3Client.builder()
        .endpointOverride(s3Endpoint())
        .region(Region.US_EAST_1)
        .credentialsProvider(credentials())
        .httpClient(ApacheHttpClient.create())
        .build();
  }

  /** Returns what S3 lets in. */
  public static StaticCredentialsProvider credentials() {
    return StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"));
  }

  /** Returns the keys of the user and the server. */
  public SnowflakeKeys keys() {
    return keys;
  }

  /** Returns a file for {@code -Djdk.net.hosts.file}: a JVM started with it finds no other host. */
  public Path hostsFile() throws IOException {
    return Files.writeString(
        folder.resolve("hosts"), "127.0.0.1 localhost\n127.0.0.1 " + HOST_NAME + "\n");
  }

  /** Opens a session; the database and the schema are made if they are not there. */
  public Connection connect(String database, String schema) throws SQLException {
    Properties login = login(database, schema);
    login.setProperty("password", PASSWORD);
    return connect(login);
  }

  /** Drops the core tables of a database. */
  public void dropCoreTables(String database) throws SQLException {
    try (Connection connection = connect(database, "RAW");
        Statement statement = connection.createStatement()) {
      statement.execute("drop schema if exists AUTOPULSE_CORE");
    }
  }

  /** Opens a session by key pair. */
  public Connection connect(String database, String schema, PrivateKey key) throws SQLException {
    Properties login = login(database, schema);
    login.put("privateKey", key);
    return connect(login);
  }

  private static Properties login(String database, String schema) {
    Properties login = new Properties();
    login.setProperty("user", USER);
    login.setProperty("account", ACCOUNT);
    login.setProperty("db", database);
    login.setProperty("schema", schema);
    return login;
  }

  /** Opens a session with these properties of the driver. */
  public Connection connect(Properties login) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:snowflake://http://%s:%d/".formatted(host(), port()), login);
  }

  /**
   * Lets a statement fail, once, before it runs.
   *
   * @param pattern is found in the statement, in whatever case
   * @param occurrence which of such statements from now on, from 1
   */
  public void failBefore(String pattern, int occurrence) {
    fault(pattern, occurrence, "before", false, LOST);
  }

  /**
   * Lets a statement wait in vain, once, for a lock that another transaction keeps.
   *
   * @param pattern is found in the statement, in whatever case
   */
  public void lockBefore(String pattern) {
    fault(pattern, 1, "before", false, LOCKED);
  }

  /** Lets the answer of a statement get lost, once: it has run, and fails. */
  public void failAfter(String pattern, int occurrence) {
    fault(pattern, occurrence, "after", false, LOST);
  }

  /** Ends the session of a statement before it runs, as when the connection breaks. */
  public void dropBefore(String pattern, int occurrence) {
    fault(pattern, occurrence, "before", true, LOST);
  }

  private void fault(String pattern, int occurrence, String when, boolean drop, SqlError error) {
    control(
        "faults",
        Map.of(
            "statement",
            pattern,
            "occurrence",
            occurrence,
            "when",
            when,
            "drop",
            drop,
            "code",
            error.code(),
            "state",
            error.state()));
  }

  /**
   * Lets every statement be answered by an HTTP status, until {@link #withdrawFaults}.
   *
   * @param status such as 503
   */
  public void answerStatements(int status) {
    control("busy", Map.of("status", status));
  }

  /**
   * Lets Snowpipe take files and never load them, as when what it was told gets lost.
   *
   * @param pipe with its database and schema
   * @param calls how many of the next calls that name files
   */
  public void withhold(String pipe, int calls) {
    control("withhold", Map.of("pipe", pipe, "calls", calls));
  }

  /**
   * Lets Snowpipe refuse the next calls that name files, and load none of them.
   *
   * @param pipe with its database and schema
   * @param statuses of HTTP, for a call each; none to refuse no more
   */
  public void refuse(String pipe, Integer... statuses) {
    control("refuse", Map.of("pipe", pipe, "statuses", List.of(statuses)));
  }

  /** Takes the faults back that have not come yet, or that last; returns how many are to come. */
  public int withdrawFaults() {
    return control("withdraw-faults", Map.of()).path("withdrawn").asInt();
  }

  /** Returns how often a statement was sent, among the last hundred statements. */
  public int received(String statement) {
    return control("received", Map.of("statement", statement)).path("times").asInt();
  }

  /** Ends all sessions, as Snowflake does after a while with those whose clients have died. */
  public void dropSessions() {
    control("drop-sessions", Map.of());
  }

  /** Waits until a statement waits for another session's transaction. */
  public void awaitWaiting() {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (control("waiting", Map.of()).path("waiting").asInt() == 0) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("no statement waits");
      }
      AutopulseJar.pause(20);
    }
  }

  private JsonNode control(String name, Map<String, Object> what) {
    URI uri = URI.create("http://%s:%d/emulator/%s".formatted(host(), port(), name));
    try {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(uri)
                  .POST(BodyPublishers.ofString(new ObjectMapper().writeValueAsString(what)))
                  .build(),
              BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(uri + ": " + answer.body());
      }
      return new ObjectMapper().readTree(answer.body());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Kills the server, but not S3, as {@code kill -9} does. */
  public void kill() {
    server.close();
  }

  /** Starts the server again after {@link #kill}, under the same ports. */
  public void restart() throws IOException {
    server = launchServer(port(), server.port("pipe_port"));
  }

  /** Ends what a test before has left: a killed server, and faults that have not come. */
  void recover() throws IOException {
    if (!server.handle().isAlive()) {
      restart();
    }
    withdrawFaults();
  }

  /** Returns the processes that run. */
  public List<ProcessHandle> processes() {
    return List.of(server.handle(), s3.handle());
  }

  @Override
  public void close() {
    server.close();
    s3.close();
  }
}
