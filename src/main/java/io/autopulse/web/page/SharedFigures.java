package io.autopulse.web.page;

import java.sql.SQLException;

/** Figures of a copy that many pages have: each is read once. */
public interface SharedFigures {
  /**
   * Returns figures that have been read, or else reads them.
   *
   * @param key what they are, and of what: equal keys are of equal figures
   * @param reading reads them; gives what nobody can change
   */
  <T> T get(Object key, Reading<T> reading) throws SQLException;

  /** Reads figures. */
  @FunctionalInterface
  interface Reading<T> {
    T read() throws SQLException;
  }
}
