package io.autopulse.warehouse.snowflake;

import io.autopulse.domain.problem.InputException;
import java.io.IOException;
import java.io.Serializable;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.snowflake.ingest.SimpleIngestManager;
import net.snowflake.ingest.connection.HistoryResponse;
import net.snowflake.ingest.connection.IngestResponseException;
import net.snowflake.ingest.utils.BackOffException;
import org.jspecify.annotations.Nullable;

/**
 * A pipe, and the REST calls that fill it, by the ingest SDK and the user's key pair. Snowflake
 * answers that it takes files before it loads them; its report, of the last ten minutes, says what
 * became of them. The rights are those of the user's default role, whatever role the URI names.
 */
public final class SnowflakePipe implements Serializable {
  private static final long serialVersionUID = 1L;

  /** How many names a call takes; Snowflake's limit is 5,000. */
  private static final int MOST_FILES = 1000;

  /** The first pause between two calls; each is twice as long as the one before. */
  private static final long PAUSE_MILLIS = 1000;

  /** How long a question is asked again. */
  private static final Duration QUESTION = Duration.ofSeconds(8);

  /** How long files are named again: a checkpoint waits meanwhile, two minutes at most. */
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private static final String LATER =
      "If Snowflake is down (https://status.snowflake.com), start again later: a job goes on from its checkpoint";

  private static final Pattern STATUS = Pattern.compile("HTTP Status:\\s*(\\d{3})");

  /**
   * One each pipe for the life of the process: each has a thread that renews its token. Workers are
   * started again with the same pipe.
   */
  private static final Map<String, SimpleIngestManager> MANAGERS = new ConcurrentHashMap<>();

  private final String scheme;
  private final String host;
  private final int port;
  private final String account;
  private final String user;
  private final String name;
  private final PrivateKey key;

  /**
   * Names a pipe.
   *
   * @param name with its database and schema
   */
  SnowflakePipe(
      String scheme,
      String host,
      int port,
      String account,
      String user,
      String name,
      PrivateKey key) {
    this.scheme = scheme;
    this.host = host;
    this.port = port;
    this.account = account;
    this.user = user;
    this.name = name;
    this.key = key;
  }

  /**
   * Has files loaded, which are not loaded when this returns. A file whose name the pipe has loaded
   * is passed over. What Snowflake does not take, for whatever reason, is named again for half a
   * minute: a pipe that is being replaced, a right that is being granted, a server that is busy.
   *
   * @param files their names from the pipe's location on
   * @throws InputException if Snowflake still does not take the key, or does not show the pipe, or
   *     does not answer
   */
  public void ingest(List<String> files) {
    ingest(files, PATIENCE);
  }

  /** The same, with another patience. */
  public void ingest(List<String> files, Duration patience) {
    for (int from = 0; from < files.size(); from += MOST_FILES) {
      List<String> some = files.subList(from, Math.min(files.size(), from + MOST_FILES));
      call(
          manager ->
              manager.ingestFiles(SimpleIngestManager.wrapFilepaths(new HashSet<>(some)), null),
          patience,
          patience);
    }
  }

  /**
   * Returns what became of files in the last ten minutes, or since a report.
   *
   * @param mark of that report; null for none
   * @throws InputException if Snowflake does not take the key, or does not show the pipe, or does
   *     not answer
   */
  public HistoryResponse report(@Nullable String mark) {
    return call(manager -> manager.getHistory(null, null, mark), Duration.ZERO, QUESTION);
  }

  /**
   * Asks whether Snowflake takes the key and shows the pipe.
   *
   * @throws InputException if it does not, or does not answer
   */
  public void check() {
    report(null);
  }

  /** A call of the SDK. */
  @FunctionalInterface
  private interface Call<T> {
    T of(SimpleIngestManager manager)
        throws IOException, URISyntaxException, IngestResponseException;
  }

  // The SDK itself asks again for 14 seconds after errors of the server, but not after those of the
  // network, nor after refusals.
  private <T> T call(Call<T> call, Duration withRefusals, Duration withSilence) {
    long started = System.nanoTime();
    for (int attempt = 0; ; attempt++) {
      try {
        return call.of(MANAGERS.computeIfAbsent(identity(), all -> connect()));
      } catch (IngestResponseException e) {
        pauseOrThrow(attempt, started, withRefusals, refused(e));
      } catch (BackOffException e) {
        pauseOrThrow(attempt, started, withSilence, unanswered("it is busy (HTTP status 503)", e));
      } catch (IOException e) {
        pauseOrThrow(attempt, started, withSilence, unanswered(e.toString(), e));
      } catch (URISyntaxException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static void pauseOrThrow(
      int attempt, long started, Duration patience, InputException problem) {
    long millis = PAUSE_MILLIS << attempt;
    if (System.nanoTime() - started + TimeUnit.MILLISECONDS.toNanos(millis) > patience.toNanos()) {
      throw problem;
    }
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for Snowpipe", e);
    }
  }

  private String identity() {
    return String.join(
        " ",
        scheme,
        host,
        String.valueOf(port),
        account,
        user,
        name,
        String.valueOf(key.hashCode()));
  }

  private SimpleIngestManager connect() {
    try {
      return new SimpleIngestManager(account, user, name, key, scheme, host, port);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the private key is none that Snowpipe takes", e);
    }
  }

  private InputException refused(IngestResponseException e) {
    Matcher status = STATUS.matcher(e.toString());
    return switch (status.find() ? Integer.parseInt(status.group(1)) : 0) {
      case 401 ->
          new InputException(
              "pipe " + name,
              "Snowpipe does not take this key of user " + user,
              "Give the user the key's public half: alter user "
                  + user
                  + " set rsa_public_key = '…'; and compare "
                  + SnowflakeVariables.USER
                  + " and the account "
                  + account,
              e);
      case 403, 404 ->
          new InputException(
              "pipe " + name,
              "there is no such pipe, or the default role of user " + user + " may not use it",
              "Run warehouse/snowflake/pipes.sql after autopulse migrate; and compare: show users like '"
                  + user
                  + "'",
              e);
      default ->
          new InputException(
              "pipe " + name,
              "Snowpipe does not take a call: " + e.toString().strip().replaceAll("\\s+", " "),
              LATER,
              e);
    };
  }

  private InputException unanswered(String reason, Exception e) {
    return new InputException(
        "pipe " + name,
        scheme + "://" + host + ":" + port + " did not answer: " + reason,
        "Compare the account " + account + ", the network and the proxy. " + LATER,
        e);
  }

  /** Returns the pipe's name, with its database and schema. */
  @Override
  public String toString() {
    return name;
  }
}
