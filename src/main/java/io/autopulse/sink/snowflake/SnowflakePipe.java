package io.autopulse.sink.snowflake;

import io.autopulse.domain.quality.InputException;
import java.io.IOException;
import java.io.Serializable;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.snowflake.ingest.SimpleIngestManager;
import net.snowflake.ingest.connection.HistoryResponse;
import net.snowflake.ingest.connection.IngestResponseException;
import org.jspecify.annotations.Nullable;

/**
 * A pipe, and the REST calls that fill it, by the ingest SDK and the user's key pair. Snowflake
 * answers that it takes files before it loads them; its report, of the last ten minutes, says what
 * became of them. The rights are those of the user's default role, whatever role the URI names.
 */
final class SnowflakePipe implements Serializable {
  private static final long serialVersionUID = 1L;

  /** How many names a call takes; Snowflake's limit is 5,000. */
  private static final int MOST_FILES = 1000;

  private static final int ATTEMPTS = 4;
  private static final long PAUSE_MILLIS = 500;

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
   * is passed over.
   *
   * @param files their names from the pipe's location on
   * @throws InputException if Snowflake does not take the key, or does not show the pipe
   * @throws IOException if the server does not answer, several times
   */
  void ingest(List<String> files) throws IOException {
    for (int from = 0; from < files.size(); from += MOST_FILES) {
      List<String> some = files.subList(from, Math.min(files.size(), from + MOST_FILES));
      call(
          manager ->
              manager.ingestFiles(SimpleIngestManager.wrapFilepaths(new HashSet<>(some)), null));
    }
  }

  /**
   * Returns what became of files in the last ten minutes, or since a report.
   *
   * @param mark of that report; null for none
   * @throws InputException as {@link #ingest}
   */
  HistoryResponse report(@Nullable String mark) throws IOException {
    return call(manager -> manager.getHistory(null, null, mark));
  }

  /**
   * Asks whether Snowflake takes the key and shows the pipe.
   *
   * @throws InputException if it does not, or does not answer
   */
  void check() {
    try {
      report(null);
    } catch (IOException e) {
      throw new InputException(
          "pipe " + name,
          scheme + "://" + host + ":" + port + " did not answer: " + e.getMessage(),
          "Compare the account " + account + ", the network and the proxy",
          e);
    }
  }

  /** A call of the SDK. */
  @FunctionalInterface
  private interface Call<T> {
    T of(SimpleIngestManager manager)
        throws IOException, URISyntaxException, IngestResponseException;
  }

  // The SDK itself asks again after errors of the server, but not after those of the network.
  private <T> T call(Call<T> call) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        return call.of(MANAGERS.computeIfAbsent(identity(), all -> connect()));
      } catch (IngestResponseException e) {
        throw refused(e);
      } catch (URISyntaxException e) {
        throw new IllegalStateException(e);
      } catch (IOException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
        pause(PAUSE_MILLIS << attempt);
      }
    }
  }

  private static void pause(long millis) throws IOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for Snowpipe", e);
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

  private RuntimeException refused(IngestResponseException e) {
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
          new IllegalStateException(
              "Snowpipe refused a call of " + name + ": " + e.toString().strip(), e);
    };
  }

  /** Returns the pipe's name, with its database and schema. */
  @Override
  public String toString() {
    return name;
  }
}
