package io.autopulse.operations.rundeck;

import io.autopulse.domain.problem.InputException;
import io.autopulse.warehouse.SecretVariables;
import io.autopulse.warehouse.SecretVariables.Secret;
import java.net.URI;
import java.util.Map;

/**
 * Where Rundeck is, and the token that it asks for. The token is read at each call, so that a new
 * one in the file counts at once; it is in no message.
 */
public final class RundeckAccess {
  /** The version of the API that the client asks for if the URL names none. */
  private static final String API = "api/41/";

  private final SecretVariables variables;

  /**
   * Makes an access; nothing is read yet.
   *
   * @param environment {@code RD_URL} and {@code RD_TOKEN}, or the files that hold them: {@code
   *     RD_URL_FILE}, {@code RD_TOKEN_FILE}
   */
  public RundeckAccess(Map<String, String> environment) {
    variables = new SecretVariables(environment);
  }

  /**
   * Returns the URL of the API, which ends in a slash.
   *
   * @throws InputException if there is none
   */
  public String url() {
    String url = value("RD_URL").replaceAll("/+$", "") + "/";
    try {
      URI uri = URI.create(url);
      if (uri.getHost() != null
          && String.valueOf(uri.getScheme()).matches("https?")
          && uri.getUserInfo() == null) {
        return url.matches(".*/api/\\d+/") ? url : url + API;
      }
    } catch (IllegalArgumentException e) {
      // Told below; what cannot be read may hold a secret.
    }
    throw new InputException(
        "RD_URL",
        "is not the URL of a Rundeck",
        "Set it to one such as https://rundeck.example.com");
  }

  /**
   * Returns the token.
   *
   * @throws InputException if there is none
   */
  public String token() {
    String token = value("RD_TOKEN");
    if (token.chars().anyMatch(c -> c <= ' ' || c > '~')) {
      throw new InputException(
          "RD_TOKEN", "has characters that no token has", "Copy the token of Rundeck again");
    }
    return token;
  }

  private String value(String name) {
    return variables
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
