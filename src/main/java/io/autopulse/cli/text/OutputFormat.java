package io.autopulse.cli.text;

import java.util.Locale;

/** How rows are printed. */
public enum OutputFormat {
  /** For people: aligned columns. */
  TABLE,
  /** RFC 4180, with a header; null is an empty field. */
  CSV,
  /** One array of objects, one object a line. */
  JSON;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
