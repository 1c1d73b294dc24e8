package io.autopulse.pipeline.backfill;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Works on chunks with several threads: in order, but never on two at once that share windows.
 * After a failure no further chunk is begun.
 */
final class SideBySide {
  private final int threads;
  private final List<Chunk> waiting;
  private final Set<Chunk> begun = new HashSet<>();
  private boolean failed;

  /**
   * Prepares the work.
   *
   * @param chunks what is to be done
   * @param threads how many chunks at once, at most
   */
  SideBySide(List<Chunk> chunks, int threads) {
    this.waiting = new ArrayList<>(chunks);
    this.threads = threads;
  }

  /**
   * Does the work.
   *
   * @throws RuntimeException what the first chunk threw that failed, once the others have ended
   */
  void run(Consumer<Chunk> work) {
    // Counted before the first worker begins: it takes chunks from those that wait.
    int workerCount = Math.min(threads, waiting.size());
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> workers = new ArrayList<>();
      for (int i = 0; i < workerCount; i++) {
        workers.add(executor.submit(() -> workOn(work)));
      }
      await(workers);
    } finally {
      executor.shutdownNow();
    }
  }

  private void workOn(Consumer<Chunk> work) {
    for (Optional<Chunk> chunk = begin(); chunk.isPresent(); chunk = begin()) {
      boolean done = false;
      try {
        work.accept(chunk.get());
        done = true;
      } finally {
        end(chunk.get(), done);
      }
    }
  }

  /**
   * Returns the next chunk that shares nothing with those begun; empty if there is none to come.
   */
  private synchronized Optional<Chunk> begin() {
    while (!failed && !waiting.isEmpty()) {
      Optional<Chunk> next =
          waiting.stream().filter(chunk -> begun.stream().noneMatch(chunk::shares)).findFirst();
      if (next.isPresent()) {
        waiting.remove(next.get());
        begun.add(next.get());
        return next;
      }
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private synchronized void end(Chunk chunk, boolean done) {
    begun.remove(chunk);
    failed |= !done;
    notifyAll();
  }

  private static void await(List<Future<?>> workers) {
    RuntimeException failure = null;
    for (Future<?> worker : workers) {
      try {
        worker.get();
      } catch (ExecutionException e) {
        RuntimeException problem =
            e.getCause() instanceof RuntimeException cause
                ? cause
                : new IllegalStateException(e.getCause());
        if (failure == null) {
          failure = problem;
        } else {
          failure.addSuppressed(problem);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while chunks were computed", e);
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
