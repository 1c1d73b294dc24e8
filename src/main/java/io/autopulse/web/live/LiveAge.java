package io.autopulse.web.live;

import io.autopulse.warehouse.serving.LivePublication;
import io.autopulse.web.page.Column;
import io.autopulse.web.page.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How old what is live is at a moment.
 *
 * @param publication of a live job's today
 * @param now the moment
 */
record LiveAge(LivePublication publication, Instant now) {
  /** A loader that works publishes every ten seconds, even if nothing is sold; readers do too. */
  static final Duration SILENCE = Duration.ofMinutes(1);

  /** A job writes no pane while nothing changes: pipes say nothing else of it. */
  static final Duration QUIET = Duration.ofMinutes(10);

  private static final Duration IN_SECONDS = Duration.ofMinutes(2);

  /** Returns how long ago a moment was; a clock that is ahead makes nothing newer than now. */
  Optional<Duration> since(Optional<Instant> moment) {
    return moment.map(at -> at.isAfter(now) ? Duration.ZERO : Duration.between(at, now));
  }

  /** Returns how long ago the latest change of a sale was made; empty if there is none. */
  Optional<Duration> newestEvent() {
    return since(publication.newestEvent());
  }

  /** Returns how long ago the last pane was loaded; empty if there is none. */
  Optional<Duration> newestPane() {
    return since(publication.newestPane());
  }

  /** Returns a warning if the job may not be at work any more; else an empty text. */
  String warning(Words words) {
    Duration written = since(Optional.of(publication.writtenAt())).orElseThrow();
    if (written.compareTo(SILENCE) > 0) {
      return words.say(
          publication.origin().isRead() ? "live.unread" : "live.silent", words.length(written));
    }
    return switch (publication.origin()) {
      case LOADER -> "";
      case READ_ENDED -> words.say("live.ended");
      case READ_AT_WORK ->
          newestPane()
              .map(
                  age -> age.compareTo(QUIET) > 0 ? words.say("live.quiet", words.length(age)) : "")
              .orElseGet(() -> words.say("live.no_pane"));
    };
  }

  /** Writes an age for people. */
  static String write(Words words, Optional<Duration> age) {
    return age.map(
            length ->
                length.compareTo(IN_SECONDS) < 0
                    ? words.say("live.seconds", length.toSeconds())
                    : words.length(length))
        .orElseGet(() -> words.write(Column.Kind.TEXT, null));
  }
}
