package io.autopulse.cli;

import io.autopulse.domain.problem.InputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.Optional;

/** Files and disks that cannot be used, among the causes of a failure. */
final class DiskProblem {
  /** What operating systems say, whoever passes it on: DuckDB and workers have texts only. */
  private static final Map<String, String> REMEDIES =
      Map.of(
          "No space left on device",
              "Free some space, or name another folder for the warehouse or staging",
          "Disk quota exceeded",
              "Free some space, or name another folder for the warehouse or staging",
          "File too large",
              "Raise the limit on the size of files (ulimit -f), or name a disk without one",
          "Read-only file system", "Name a folder that this user may write",
          "Permission denied", "Name a folder or file that this user may read and write");

  private DiskProblem() {}

  /** Returns what a person can do about it; empty if no file is the cause. */
  static Optional<InputException> of(Throwable failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof FileSystemException problem && problem.getFile() != null) {
        return Optional.of(
            new InputException(
                problem.getFile(), reason(problem), "Name a file or folder that can be used", e));
      }
      String message = String.valueOf(e.getMessage());
      for (Map.Entry<String, String> known : REMEDIES.entrySet()) {
        if (message.contains(known.getKey())) {
          return Optional.of(new InputException("", withoutClass(message), known.getValue(), e));
        }
      }
    }
    return Optional.empty();
  }

  private static String reason(FileSystemException problem) {
    if (problem instanceof NoSuchFileException) {
      return "there is no such file or folder";
    }
    if (problem instanceof AccessDeniedException) {
      return "this user may not read or write it";
    }
    if (problem instanceof FileAlreadyExistsException) {
      return "a file of that name is in the way";
    }
    return problem.getReason() == null ? "it cannot be read or written" : problem.getReason();
  }

  // Frameworks put the class of a cause in front of its message.
  private static String withoutClass(String message) {
    return message.lines().findFirst().orElse("").replaceFirst("^(?:[a-z]\\w*\\.)+[A-Z]\\w*: ", "");
  }
}
