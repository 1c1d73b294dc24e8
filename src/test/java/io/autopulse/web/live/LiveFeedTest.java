package io.autopulse.web.live;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.autopulse.testing.HandClock;
import io.autopulse.warehouse.serving.ServingFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether somebody wants to see what is live. */
class LiveFeedTest {
  @TempDir private Path directory;

  @Test
  void interestLastsAMinute() {
    HandClock clock = new HandClock(Instant.parse("2026-06-11T09:00:00Z"));
    LiveFeed feed = new LiveFeed(ServingFolder.at(directory), clock);
    assertThat(feed.isAskedFor(), is(false));
    assertThat(feed.latest(), is(Optional.empty()));
    clock.pass(Duration.ofSeconds(60));
    assertThat(feed.isAskedFor(), is(true));
    clock.pass(Duration.ofSeconds(1));
    assertThat(feed.isAskedFor(), is(false));
    assertThat(feed.latest(), is(Optional.empty()));
    assertThat(feed.isAskedFor(), is(true));
  }
}
