package io.autopulse.pipeline.yaml;

/**
 * Where a value was written.
 *
 * @param text what a message begins with: {@code file:line: path.to.field}, or the option that set
 *     the value
 * @param line the line in the file, from 1; {@link Integer#MAX_VALUE} for an option, so that
 *     options are reported last
 * @param path the dotted path of the value in the tree; empty for the whole
 */
public record Place(String text, int line, String path) {
  /** How a source of YAML (a file, an option) names the places in it. */
  @FunctionalInterface
  interface Origin {
    /** Returns the place of the value with that dotted path, whose key stands on that line. */
    Place at(int line, String path);
  }

  /** Returns the origin whose places read {@code file:line: path.to.field}. */
  public static Origin inFile(String file) {
    return (line, path) ->
        new Place(file + ":" + line + (path.isEmpty() ? "" : ": " + path), line, path);
  }

  /**
   * Returns the origin whose places read as the option itself, followed by the path where that says
   * more.
   */
  static Origin inOption(String option, String optionPath) {
    return (line, path) ->
        new Place(path.equals(optionPath) ? option : option + ": " + path, Integer.MAX_VALUE, path);
  }

  /** Returns the dotted path of a part of the value at {@code path}. */
  static String join(String path, String part) {
    return path.isEmpty() ? part : path + "." + part;
  }
}
