package io.autopulse.cli.dashboard;

import io.autopulse.domain.problem.InputException;
import io.autopulse.warehouse.Warehouse;
import io.autopulse.warehouse.WarehouseException;
import io.autopulse.warehouse.serving.FetchedCopies;
import io.autopulse.warehouse.serving.FetchedLive;
import io.autopulse.warehouse.serving.ServingFolder;
import java.io.Closeable;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Keeps the copies of a warehouse that is not a file fresh while a dashboard serves them, and what
 * is live while somebody wants to see it. When the warehouse cannot be asked, what is there stays,
 * and the next look tries again.
 */
final class FetchingCopies implements Closeable {
  /** A page that is opened after a while shows what is new as soon as it has been read. */
  private static final Duration ASKING = Duration.ofSeconds(1);

  /** How long an end waits for a look. */
  private static final Duration LONGEST_END = Duration.ofSeconds(3);

  private final Warehouse warehouse;
  private final FetchedCopies copies;
  private final Consumer<String> notice;
  // What is live does not wait for a copy, which takes minutes.
  private final ScheduledExecutorService looks =
      Executors.newScheduledThreadPool(
          2,
          task -> {
            Thread thread = new Thread(task, "fetch-copies");
            thread.setDaemon(true);
            return thread;
          });

  private FetchingCopies(Warehouse warehouse, ServingFolder folder, Consumer<String> notice) {
    this.warehouse = warehouse;
    this.notice = notice;
    copies = new FetchedCopies(warehouse, folder);
  }

  /**
   * Fetches the copy of the last run, or takes the one that is there if that fails.
   *
   * @throws InputException if there is no copy and none can be made
   */
  static FetchingCopies of(Warehouse warehouse, ServingFolder folder, Consumer<String> notice)
      throws IOException {
    FetchingCopies fetching = new FetchingCopies(warehouse, folder, notice);
    Optional<String> current = folder.current();
    try {
      fetching.fetch();
    } catch (InputException | WarehouseException e) {
      if (current.isEmpty()) {
        fetching.close();
        throw e;
      }
      notice.accept(
          e.getMessage() + "\nThe dashboard begins with the copy of run " + current.get());
    }
    return fetching;
  }

  private void fetch() throws IOException {
    copies.refresh().ifPresent(run -> notice.accept("fetched run " + run + " for the dashboard"));
  }

  /** Looks for a new run again and again. */
  void keepFresh(Duration every) {
    ScheduledFuture<?> unused =
        looks.scheduleWithFixedDelay(
            this::look, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void look() {
    try {
      fetch();
    } catch (IOException | RuntimeException e) {
      // A look that throws would be the last.
      notice.accept("the copy before stays: " + InputException.reason(e));
    }
  }

  /**
   * Looks at what is live, once so that the page has something to begin with, and then while
   * somebody wants to see it.
   *
   * @param zone of business dates
   * @param clock tells what today is
   * @param every the time between two looks
   * @param isWanted tells whether somebody wants to see it; asked at least each second
   */
  void keepLive(ZoneId zone, Clock clock, Duration every, BooleanSupplier isWanted) {
    FetchedLive live = new FetchedLive(warehouse, copies.folder(), zone, clock);
    ScheduledFuture<?> unused =
        looks.scheduleWithFixedDelay(
            new LiveLooks(live::look, every, isWanted, System::nanoTime, this::sayUnlessEnded),
            0,
            Math.min(every.toMillis(), ASKING.toMillis()),
            TimeUnit.MILLISECONDS);
  }

  /** A look that the end interrupts fails, which nobody has to know. */
  private void sayUnlessEnded(String text) {
    if (!looks.isShutdown()) {
      notice.accept(text);
    }
  }

  ServingFolder folder() {
    return copies.folder();
  }

  @Override
  public void close() {
    looks.shutdownNow();
    try {
      // Nothing is written to the folder any more, unless the warehouse does not answer.
      looks.awaitTermination(LONGEST_END.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    warehouse.close();
  }
}
