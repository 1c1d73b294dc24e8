package io.autopulse.cli.dashboard;

import io.autopulse.domain.problem.InputException;
import io.autopulse.warehouse.Warehouse;
import io.autopulse.warehouse.WarehouseException;
import io.autopulse.warehouse.serving.FetchedCopies;
import io.autopulse.warehouse.serving.ServingFolder;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Keeps the copies of a warehouse that is not a file fresh while a dashboard serves them. When the
 * warehouse cannot be asked, the copy that is there stays, and the next look tries again.
 */
final class FetchingCopies implements Closeable {
  private final Warehouse warehouse;
  private final FetchedCopies copies;
  private final Consumer<String> notice;
  private final ScheduledExecutorService looks =
      Executors.newSingleThreadScheduledExecutor(
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

  ServingFolder folder() {
    return copies.folder();
  }

  @Override
  public void close() {
    looks.shutdownNow();
    warehouse.close();
  }
}
