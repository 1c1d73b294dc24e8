package io.autopulse.web.access;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often one reader may ask: so many requests a second, and after a pause as many at once as ten
 * seconds have. A reader who was not seen for long is forgotten when others come.
 */
final class RateLimit {
  /** Seconds of requests that may come at once: a page and its parts, a script's loop. */
  private static final int BURST = 10;

  /** Readers that are remembered: more at once have other troubles. */
  private static final int MOST = 10_000;

  private final int perSecond;

  private final Map<String, Allowance> readers =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Allowance> eldest) {
          return size() > MOST;
        }
      };

  private record Allowance(double requests, Instant at) {}

  /**
   * Makes a limit.
   *
   * @param perSecond requests of a reader, from 1
   */
  RateLimit(int perSecond) {
    this.perSecond = perSecond;
  }

  /** Counts a request, and returns how long its reader has to wait before it: zero to go ahead. */
  synchronized Duration count(String reader, Instant now) {
    double most = (double) perSecond * BURST;
    Allowance before = readers.getOrDefault(reader, new Allowance(most, now));
    double seconds = Math.max(0, Duration.between(before.at, now).toMillis() / 1000.0);
    double requests = Math.min(most, before.requests + seconds * perSecond);
    boolean allowed = requests >= 1;
    readers.put(reader, new Allowance(allowed ? requests - 1 : requests, now));
    return allowed
        ? Duration.ZERO
        : Duration.ofMillis((long) Math.ceil((1 - requests) * 1000 / perSecond));
  }
}
