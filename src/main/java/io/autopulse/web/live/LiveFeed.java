package io.autopulse.web.live;

import io.autopulse.warehouse.serving.LiveFile;
import io.autopulse.warehouse.serving.LivePublication;
import io.autopulse.warehouse.serving.ServingFolder;
import java.io.IOException;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last publication of a live job, read once however many look at it. One that cannot be read
 * leaves the one before.
 */
public final class LiveFeed {
  private static final Logger LOG = LoggerFactory.getLogger(LiveFeed.class);

  private static final Duration INTEREST = Duration.ofMinutes(1);

  private final LiveFile file;
  private final Clock clock;
  private Optional<FileTime> version = Optional.empty();
  private Optional<LivePublication> latest = Optional.empty();
  private Optional<Instant> asked = Optional.empty();

  /**
   * Makes the feed of a folder, in which a live job may publish or not.
   *
   * @param clock tells when somebody has asked
   */
  public LiveFeed(ServingFolder folder, Clock clock) {
    file = LiveFile.of(folder);
    this.clock = clock;
  }

  /** Tells whether somebody has asked within the last minute; a page that is open always does. */
  public synchronized boolean isAskedFor() {
    return asked.isPresent() && !asked.get().plus(INTEREST).isBefore(clock.instant());
  }

  /** Returns the last publication; empty if no live job has published. */
  public synchronized Optional<LivePublication> latest() {
    asked = Optional.of(clock.instant());
    try {
      Optional<FileTime> now = file.version();
      if (now.isPresent() && !now.equals(version)) {
        // A publication that comes meanwhile has another version, and is read next time.
        version = now;
        latest = file.read();
      }
    } catch (IOException e) {
      LOG.warn("What is live cannot be read; what was before is shown: {}", e.getMessage());
    }
    return latest;
  }
}
