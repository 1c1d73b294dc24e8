package io.autopulse.pipeline.manifest;

/**
 * A sheet of Excel workbooks (xlsx) with a header row.
 *
 * @param path a glob, relative to the current working directory unless absolute or a URI
 * @param sheet the name of the sheet, or its number from 1; empty for the first
 * @param skipLines how many rows stand before the header row, 0 or more
 */
public record XlsxSource(String path, String sheet, int skipLines) implements SourceSpec {
  @Override
  public String description() {
    return "xlsx " + path;
  }
}
