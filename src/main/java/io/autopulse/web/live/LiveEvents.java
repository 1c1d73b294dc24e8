package io.autopulse.web.live;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.autopulse.warehouse.serving.LivePublication;
import io.autopulse.web.page.Words;
import io.javalin.http.sse.SseClient;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells open live pages each second how old their figures are ({@code age}), and when there are new
 * ones ({@code publication}). It sends no figures: pages ask for those with their own filters.
 */
public final class LiveEvents implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LiveEvents.class);

  private static final JsonFactory JSON = new JsonFactory();

  /** Pages that are told; others show what they showed when they were opened. */
  private static final int MOST_CLIENTS = 200;

  private final LiveFeed feed;
  private final Clock clock;
  private final Map<SseClient, OpenPage> pages = new ConcurrentHashMap<>();
  private final ScheduledExecutorService ticker =
      Executors.newSingleThreadScheduledExecutor(LiveEvents::thread);
  // A page that does not read what it is sent holds up its own thread alone.
  private final ExecutorService senders = Executors.newCachedThreadPool(LiveEvents::thread);
  private final ScheduledFuture<?> ticks;

  /** A page that is open, and what it was told. */
  private static final class OpenPage {
    private final Words words;
    private final AtomicBoolean isBeingTold = new AtomicBoolean();
    private @Nullable Instant told;

    OpenPage(Words words, @Nullable Instant told) {
      this.words = words;
      this.told = told;
    }
  }

  /**
   * Starts telling.
   *
   * @param clock tells ages
   */
  public LiveEvents(LiveFeed feed, Clock clock) {
    this.feed = feed;
    this.clock = clock;
    ticks = ticker.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
  }

  /**
   * Takes a page that is open.
   *
   * @param words of its language
   */
  public void join(SseClient client, Words words) {
    if (pages.size() >= MOST_CLIENTS) {
      client.close();
      return;
    }
    client.keepAlive();
    client.onClose(() -> pages.remove(client));
    pages.put(
        client, new OpenPage(words, feed.latest().map(LivePublication::writtenAt).orElse(null)));
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "live-events");
    thread.setDaemon(true);
    return thread;
  }

  private void tick() {
    try {
      Optional<LivePublication> latest = pages.isEmpty() ? Optional.empty() : feed.latest();
      if (latest.isEmpty()) {
        return;
      }
      LiveAge age = new LiveAge(latest.get(), clock.instant());
      pages.forEach(
          (client, page) -> {
            if (page.isBeingTold.compareAndSet(false, true)) {
              senders.execute(() -> tell(client, page, age));
            }
          });
    } catch (RuntimeException e) {
      // An executor forgets a task that throws.
      LOG.error("Open live pages were not told", e);
    }
  }

  /** Tells a page, unless it has been closed meanwhile. */
  private void tell(SseClient client, OpenPage page, LiveAge age) {
    try {
      if (client.terminated()) {
        pages.remove(client);
        return;
      }
      client.sendEvent("age", json(age, page.words));
      Instant written = age.publication().writtenAt();
      if (!written.equals(page.told)) {
        page.told = written;
        client.sendEvent("publication", written.toString());
      }
    } catch (RuntimeException e) {
      LOG.warn("An open live page was not told", e);
    } finally {
      page.isBeingTold.set(false);
    }
  }

  private static String json(LiveAge age, Words words) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("newest_event", LiveAge.write(words, age.newestEvent()));
      json.writeStringField("newest_pane", LiveAge.write(words, age.newestPane()));
      json.writeStringField("warning", age.warning(words));
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  @Override
  public void close() {
    ticks.cancel(true);
    ticker.shutdown();
    senders.shutdown();
    pages.keySet().forEach(SseClient::close);
  }
}
