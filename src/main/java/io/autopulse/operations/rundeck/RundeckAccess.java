package io.autopulse.operations.rundeck;

import io.autopulse.domain.problem.InputException;
import io.autopulse.operations.access.ServerAccess;
import java.util.Map;

/** Where Rundeck is, and the token that it asks for. */
public final class RundeckAccess {
  /** The version of the API that the client asks for if the URL names none. */
  private static final String API = "api/41/";

  private final ServerAccess access;

  /**
   * Makes an access; nothing is read yet.
   *
   * @param environment {@code RD_URL} and {@code RD_TOKEN}, or the files that hold them: {@code
   *     RD_URL_FILE}, {@code RD_TOKEN_FILE}
   */
  public RundeckAccess(Map<String, String> environment) {
    this.access = new ServerAccess("a Rundeck", "RD_URL", "RD_TOKEN", environment);
  }

  /**
   * Returns the URL of the API, which ends in a slash.
   *
   * @throws InputException if there is none
   */
  public String url() {
    String url = access.url();
    return url.matches(".*/api/\\d+/") ? url : url + API;
  }

  /**
   * Returns the token.
   *
   * @throws InputException if there is none
   */
  public String token() {
    return access.secret();
  }
}
