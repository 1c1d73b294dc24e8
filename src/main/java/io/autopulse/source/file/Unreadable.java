package io.autopulse.source.file;

import io.autopulse.domain.problem.InputException;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Says of a file that cannot be read which one it is, and what to do about it. */
public final class Unreadable {
  private Unreadable() {}

  /**
   * Returns the failure with the file's name, for one that may pass, such as a network's.
   *
   * @throws InputException if a person must do something about the file
   */
  public static IOException of(String path, IOException e) {
    InputException problem = problem(path, e);
    if (problem != null) {
      throw problem;
    }
    return new IOException(path + ": " + e.getMessage(), e);
  }

  /** Returns what a person must do something about; null if the failure may pass. */
  public static @Nullable InputException problem(String path, IOException e) {
    String message = String.valueOf(e.getMessage());
    if (e instanceof AccessDeniedException || message.contains("Permission denied")) {
      return new InputException(
          path, "may not be read: permission denied", "Let the user of the job read it", e);
    }
    if (e instanceof FileNotFoundException || e instanceof NoSuchFileException) {
      return new InputException(
          path,
          "is no longer there, or is a link to a file that is not",
          "Put it back or remove the link, and run the job again",
          e);
    }
    if (e instanceof EOFException) {
      return new InputException(
          path, "is a gzip file that ends too early", "Copy or export it again", e);
    }
    if (e instanceof ZipException || isOfGzip(message)) {
      return new InputException(
          path, "is a damaged gzip file: " + message, "Copy or export it again", e);
    }
    return null;
  }

  // What commons-compress says of damaged data, in an IOException of no class of its own.
  private static boolean isOfGzip(String message) {
    return message.contains("the .gz ")
        || message.contains(".gz stream")
        || message.contains("Gzip-compressed");
  }
}
