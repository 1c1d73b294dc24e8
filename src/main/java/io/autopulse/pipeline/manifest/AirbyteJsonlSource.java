package io.autopulse.pipeline.manifest;

/**
 * Files that Airbyte's file destinations write: one JSON envelope a line, the record under {@code
 * _airbyte_data}.
 *
 * @param path a glob, relative to the current working directory unless absolute or a URI
 */
public record AirbyteJsonlSource(String path) implements SourceSpec {
  @Override
  public String description() {
    return "airbyte-jsonl " + path;
  }
}
