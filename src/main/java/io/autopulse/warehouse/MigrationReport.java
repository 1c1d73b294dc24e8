package io.autopulse.warehouse;

import java.util.List;

/**
 * What a migration did.
 *
 * @param applied the migrations applied now, in order, each as {@code version description}; empty
 *     if there was nothing to do
 * @param version the schema's version afterwards
 */
public record MigrationReport(List<String> applied, String version) {
  /** Copies the list. */
  public MigrationReport {
    applied = List.copyOf(applied);
  }
}
