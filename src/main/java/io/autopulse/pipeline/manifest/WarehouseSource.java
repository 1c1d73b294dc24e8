package io.autopulse.pipeline.manifest;

/**
 * A core table of the manifest's own warehouse: reference data that an earlier run published, read
 * back.
 *
 * @param table the table's name, without its schema
 */
public record WarehouseSource(String table) implements SourceSpec {
  @Override
  public String description() {
    return "warehouse table " + table;
  }
}
