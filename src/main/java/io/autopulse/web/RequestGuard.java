package io.autopulse.web;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Refuses requests before anything is read for them: other methods than reading, other names of the
 * server than its own (a page of somebody else's could make a browser ask by a name that leads
 * here), URLs that are too long. Who asks is {@link io.autopulse.web.access.Gate}'s.
 */
final class RequestGuard {
  /** More than 50 members of six attributes do not fit, which is what nobody asks for. */
  static final int LONGEST_URL = 8000;

  private static final int MOST_PARAMETERS = 100;

  /**
   * What the live page says beside that: it runs the script of this server, which asks it alone.
   */
  static final String LIVE_POLICY =
      "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; "
          + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  /** What is said of an address that is longer. */
  static final String TOO_LONG = "The address is too long: set fewer filters.";

  private static final Pattern BROKEN = Pattern.compile("%(?![0-9A-Fa-f]{2})");

  /** What every answer says to the browser: it runs no script and asks nobody else. */
  static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
              + "base-uri 'none'; frame-ancestors 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "Referrer-Policy",
          "no-referrer",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          "Permissions-Policy",
          "camera=(), geolocation=(), microphone=()");

  /**
   * Why a request is refused.
   *
   * @param status of the answer
   * @param message for people
   */
  record Refusal(int status, String message) {}

  private final DashboardSettings settings;

  RequestGuard(DashboardSettings settings) {
    this.settings = settings;
  }

  /**
   * Looks at a request.
   *
   * @param method of HTTP
   * @param host its header; empty if it has none
   * @param query its text, encoded; empty if it has none
   */
  Optional<Refusal> refusal(String method, String host, String query) {
    if (!method.equals("GET") && !method.equals("HEAD")) {
      return Optional.of(new Refusal(405, "The dashboard is read only: use GET."));
    }
    if (!settings.answersTo(host)) {
      return Optional.of(
          new Refusal(
              421, "The dashboard does not go by this name. Start it with --name for a proxy's."));
    }
    if (query.length() > LONGEST_URL
        || query.chars().filter(c -> c == '&').count() >= MOST_PARAMETERS) {
      return Optional.of(new Refusal(414, TOO_LONG));
    }
    // Whoever decodes it leaves it out, and a filter that is left out shows everything.
    if (BROKEN.matcher(query).find()) {
      return Optional.of(new Refusal(400, "The address has a % that stands for no character."));
    }
    return Optional.empty();
  }
}
