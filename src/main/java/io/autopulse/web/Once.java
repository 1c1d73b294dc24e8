package io.autopulse.web;

import com.github.benmanes.caffeine.cache.AsyncCache;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * What is made once and kept while there is room, also if many ask for it at once. What could not
 * be made is tried again.
 */
final class Once<K, V> {
  private final AsyncCache<K, V> made;

  /**
   * Makes an empty one.
   *
   * @param made says how much room there is
   */
  Once(AsyncCache<K, V> made) {
    this.made = made;
  }

  /** Makes a value. */
  interface Maker<V> {
    V make() throws SQLException;
  }

  /** Returns the value that has been made or is being made, or else makes it. */
  V get(K key, Maker<? extends V> maker) throws SQLException {
    CompletableFuture<V> mine = new CompletableFuture<>();
    CompletableFuture<V> others = made.asMap().putIfAbsent(key, mine);
    if (others != null) {
      return wait(others);
    }
    try {
      mine.complete(maker.make());
    } catch (SQLException | RuntimeException | Error e) {
      mine.completeExceptionally(e);
    }
    return wait(mine);
  }

  private static <V> V wait(CompletableFuture<V> value) throws SQLException {
    try {
      return value.join();
    } catch (CompletionException e) {
      // Each of those who asked is told what one of them met.
      if (e.getCause() instanceof SQLException problem) {
        throw problem;
      }
      if (e.getCause() instanceof RuntimeException problem) {
        throw problem;
      }
      throw e;
    }
  }
}
