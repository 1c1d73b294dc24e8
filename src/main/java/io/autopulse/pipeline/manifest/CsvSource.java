package io.autopulse.pipeline.manifest;

import java.nio.charset.Charset;

/**
 * CSV files with a header line, plain or gzipped.
 *
 * @param path a glob, relative to the current working directory unless absolute or a URI
 * @param charsetName the name of an existing charset
 * @param separator between the fields of a record
 * @param quote around a field that holds separators or line breaks; differs from {@code separator}
 * @param skipLines how many lines stand before the header line, 0 or more
 */
public record CsvSource(String path, String charsetName, char separator, char quote, int skipLines)
    implements SourceSpec {
  /** Checks that the charset exists and that separator and quote can be told apart. */
  public CsvSource {
    if (!Charset.isSupported(charsetName)) {
      throw new IllegalArgumentException("there is no charset " + charsetName);
    }
    if (separator == quote) {
      throw new IllegalArgumentException("separator and quote must differ");
    }
  }

  /** Makes a source whose first line is the header. */
  public CsvSource(String path, String charsetName, char separator, char quote) {
    this(path, charsetName, separator, quote, 0);
  }

  /** Returns the charset. */
  public Charset charset() {
    return Charset.forName(charsetName);
  }

  @Override
  public String description() {
    return "csv " + path;
  }
}
