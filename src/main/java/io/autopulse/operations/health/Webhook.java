package io.autopulse.operations.health;

import io.autopulse.domain.problem.InputException;
import io.autopulse.operations.health.HealthConfig.WebhookSettings;
import io.autopulse.warehouse.SecretVariables;
import io.autopulse.warehouse.SecretVariables.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Posts alerts as JSON. The URL may hold a secret, so nothing but its host is ever said, and it is
 * reached by https, or by http on this machine.
 */
final class Webhook implements AlertChannel {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final int OK = 2;

  private final URI uri;
  private final Optional<String> token;

  private Webhook(URI uri, Optional<String> token) {
    this.uri = uri;
    this.token = token;
  }

  /**
   * Returns the webhook; empty if its variable is not set.
   *
   * @throws InputException if what the variable holds is no URL that may be used
   */
  static Optional<Webhook> of(WebhookSettings settings, Map<String, String> environment) {
    SecretVariables variables = new SecretVariables(environment);
    return variables
        .secret(settings.url())
        .map(
            url ->
                new Webhook(
                    uri(settings.url(), url.text()),
                    settings.token().flatMap(variables::secret).map(Secret::text)));
  }

  private static URI uri(String variable, String url) {
    try {
      URI uri = new URI(url);
      String host = uri.getHost();
      if (host != null
          && ("https".equals(uri.getScheme())
              || ("http".equals(uri.getScheme()) && LOOPBACK.contains(host)))) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Its message would show the secret.
    }
    throw new InputException(
        variable,
        "holds no URL that alerts may be posted to",
        "Write https://…, or http://localhost:PORT/… on this machine");
  }

  @Override
  public String name() {
    return "webhook";
  }

  @Override
  public void send(Alert alert) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(alert.json()));
    token.ifPresent(t -> request.header("Authorization", "Bearer " + t));
    HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    int status;
    try {
      status = client.send(request.build(), BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      throw new IOException(uri.getHost() + " cannot be reached: " + e.getClass().getSimpleName());
    }
    if (status / 100 != OK) {
      throw new IOException(uri.getHost() + " answered " + status);
    }
  }
}
