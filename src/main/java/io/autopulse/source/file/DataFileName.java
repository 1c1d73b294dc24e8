package io.autopulse.source.file;

import java.util.List;
import java.util.Locale;

/**
 * Which of the files that a pattern matches hold records: not those that an editor, a file manager
 * or a transfer keeps beside them, which are hidden or not complete. Batch and live jobs take the
 * same ones.
 */
public final class DataFileName {
  private static final List<String> BEGINNINGS = List.of(".", "_", "~$");
  private static final List<String> ENDINGS =
      List.of(
          ".tmp",
          ".temp",
          ".part",
          ".partial",
          ".crdownload",
          ".download",
          ".filepart",
          ".swp",
          ".swo",
          ".lock",
          ".lck",
          "~");

  private DataFileName() {}

  /**
   * Returns whether a file holds records. One that the pattern names, without a wildcard, does,
   * whatever its name is.
   *
   * @param pattern the glob, or the file's own path
   * @param name the file's name without its folder
   */
  public static boolean holdsRecords(String pattern, String name) {
    if (pattern.substring(pattern.lastIndexOf('/') + 1).equals(name)) {
      return true;
    }
    String lower = name.toLowerCase(Locale.ROOT);
    return BEGINNINGS.stream().noneMatch(name::startsWith)
        && ENDINGS.stream().noneMatch(lower::endsWith);
  }
}
