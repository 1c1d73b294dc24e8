package io.autopulse.pipeline.yaml;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value read from a file, or the knowledge that it was missing or wrong and is already reported.
 * A reader first reads every part of a record, so that all problems are found, and then asks for
 * the parts to build it.
 */
public final class Value<T> {
  private final @Nullable T content;

  private Value(@Nullable T content) {
    this.content = content;
  }

  /** Returns a value that was read well. */
  public static <T> Value<T> of(T content) {
    return new Value<>(content);
  }

  /** Returns a value whose problem is reported. */
  static <T> Value<T> broken() {
    return new Value<>(null);
  }

  /** Returns what the supplier builds, or a broken value if it asks for one. */
  public static <T> Value<T> built(Supplier<T> supplier) {
    try {
      return of(supplier.get());
    } catch (BrokenException e) {
      return broken();
    }
  }

  /** Tells whether there is no content; the problem is reported. */
  public boolean isBroken() {
    return content == null;
  }

  /** Returns the content, or a stand-in with which the rest of the file can still be checked. */
  public T orElse(T standIn) {
    return content == null ? standIn : content;
  }

  /** Returns the content; of a broken value, ends the {@link #built} around it. */
  public T get() {
    if (content == null) {
      throw new BrokenException();
    }
    return content;
  }

  private static final class BrokenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BrokenException() {
      super("the value is broken; its problem is reported elsewhere", null, false, false);
    }
  }
}
