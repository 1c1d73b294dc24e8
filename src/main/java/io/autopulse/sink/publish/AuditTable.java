package io.autopulse.sink.publish;

import io.autopulse.warehouse.SqlFile;

/**
 * A small temporary table that several audits share, so that each staging relation is scanned once:
 * scanning costs more than all audits together.
 *
 * @param name its name, and the placeholder of the audits' statements
 * @param statement makes it
 */
public record AuditTable(String name, String statement) {
  /**
   * Reads the statement that makes a table from {@code tables/<name>.sql}, with hyphens for
   * underscores.
   *
   * @param beside a class of the package that has the resource
   */
  public static AuditTable of(Class<?> beside, String name) {
    return new AuditTable(name, SqlFile.read(beside, "tables/" + name.replace('_', '-')));
  }
}
