package io.autopulse.operations.access;

import io.autopulse.domain.problem.InputException;
import io.autopulse.warehouse.SecretVariables;
import io.autopulse.warehouse.SecretVariables.Secret;
import java.net.URI;
import java.util.Locale;
import java.util.Map;

/**
 * Where a server is, and the secret that it asks for ({@link SecretVariables}). They are read at
 * each call, so that a new secret in a file counts at once; a secret is in no message.
 *
 * @param server what the server is, such as {@code a Rundeck}
 * @param urlVariable the variable of its URL
 * @param secretVariable the variable of its secret
 * @param environment the variables
 */
public record ServerAccess(
    String server, String urlVariable, String secretVariable, Map<String, String> environment) {
  /** Keeps its own copy. */
  public ServerAccess {
    environment = Map.copyOf(environment);
  }

  /**
   * Returns the URL, which ends in a slash.
   *
   * @throws InputException if there is none
   */
  public String url() {
    String url = value(urlVariable).replaceAll("/+$", "") + "/";
    try {
      URI uri = URI.create(url);
      if (uri.getHost() != null
          && String.valueOf(uri.getScheme()).matches("https?")
          && uri.getUserInfo() == null) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      // Told below; what cannot be read may hold a secret.
    }
    throw new InputException(
        urlVariable,
        "is not the URL of " + server,
        "Set it to one such as https://"
            + server.replaceAll(".* ", "").toLowerCase(Locale.ROOT)
            + ".example.com");
  }

  /**
   * Returns the secret.
   *
   * @throws InputException if there is none
   */
  public String secret() {
    String secret = value(secretVariable);
    if (secret.chars().anyMatch(c -> c <= ' ' || c > '~')) {
      throw new InputException(
          secretVariable, "has characters that none has", "Copy it again from " + server);
    }
    return secret;
  }

  private String value(String name) {
    return new SecretVariables(environment)
        .secret(name)
        .map(Secret::text)
        .orElseThrow(
            () ->
                new InputException(
                    name,
                    "is not set",
                    "Set it, or " + name + SecretVariables.FILE + " to a file that holds it"));
  }
}
