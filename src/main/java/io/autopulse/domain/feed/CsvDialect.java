package io.autopulse.domain.feed;

import java.io.Serializable;

/**
 * How a CSV source delimits fields (RFC 4180 but for the two characters).
 *
 * @param separator between fields
 * @param quote around fields that hold separators, quotes or line breaks; doubled within them
 */
public record CsvDialect(char separator, char quote) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Commas and double quotes, as RFC 4180 has them. */
  public static final CsvDialect RFC_4180 = new CsvDialect(',', '"');
}
