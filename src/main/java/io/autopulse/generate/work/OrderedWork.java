package io.autopulse.generate.work;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongFunction;

/**
 * Makes numbered results on several threads and hands them over in the order of their numbers, a
 * few at a time in memory.
 */
public final class OrderedWork {
  private OrderedWork() {}

  /** Takes one result after the other. */
  @FunctionalInterface
  public interface Taker<T> {
    /** Takes the next result; always on the calling thread. */
    void take(T result) throws IOException;
  }

  /**
   * Makes the results 0 to count - 1 and hands each over on the calling thread.
   *
   * @param ahead how many results may be under way or waiting
   */
  public static <T> void run(
      int threads, int ahead, long count, LongFunction<T> make, Taker<T> taker) throws IOException {
    ExecutorService executor =
        Executors.newFixedThreadPool(
            threads,
            work -> {
              Thread thread = new Thread(work, "generate");
              thread.setDaemon(true);
              return thread;
            });
    try {
      Deque<Future<T>> waiting = new ArrayDeque<>();
      for (long next = 0; next < count || !waiting.isEmpty(); ) {
        while (next < count && waiting.size() < ahead) {
          long number = next++;
          waiting.add(executor.submit(() -> make.apply(number)));
        }
        taker.take(result(waiting.remove()));
      }
    } finally {
      executor.shutdownNow();
    }
  }

  private static <T> T result(Future<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while generating", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
