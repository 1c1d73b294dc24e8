package io.autopulse.warehouse.backup;

import io.autopulse.domain.problem.InputException;
import io.autopulse.warehouse.Session;
import io.autopulse.warehouse.SqlFile;
import io.autopulse.warehouse.Warehouse;
import io.autopulse.warehouse.WarehouseException;
import io.autopulse.warehouse.table.CoreTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The rows of every core table, in a number and a hash each. Two warehouses of equal fingerprints
 * hold the same rows.
 *
 * @param tables by the table's name
 */
public record TableFingerprints(SortedMap<String, Fingerprint> tables) {
  /**
   * The rows of a table.
   *
   * @param rows how many
   * @param hash the sum of 64 bits of the MD5 of each
   */
  public record Fingerprint(long rows, String hash) {}

  /** Keeps its own copy. */
  public TableFingerprints {
    tables = Collections.unmodifiableSortedMap(new TreeMap<>(tables));
  }

  /** Reads the core tables of a warehouse. */
  static TableFingerprints of(Warehouse warehouse) {
    SortedMap<String, Fingerprint> tables = new TreeMap<>();
    try (Connection connection = warehouse.connect()) {
      Session session = Session.ofCore(connection);
      for (CoreTable table : CoreTable.values()) {
        String query =
            SqlFile.read(
                TableFingerprints.class,
                "duckdb/table-fingerprint",
                Map.of("core", Warehouse.SCHEMA, "table", table.toString()));
        tables.put(
            table.toString(),
            session.query(query, row -> new Fingerprint(row.getLong(1), row.getString(2))).get(0));
      }
    } catch (SQLException e) {
      throw new WarehouseException("read the core tables", e);
    }
    return new TableFingerprints(tables);
  }

  /** Reads the fingerprints that were written beside a backup. */
  static TableFingerprints read(Path file) {
    SortedMap<String, Fingerprint> tables = new TreeMap<>();
    try {
      for (String line : Files.readAllLines(file)) {
        String[] fields = line.split("\t", -1);
        tables.put(fields[0], new Fingerprint(Long.parseLong(fields[1]), fields[2]));
      }
    } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw new InputException(
          file.toString(),
          "cannot be read: without it nobody knows which rows the backup must have",
          "Take another backup, or put the file back that autopulse backup wrote beside this one",
          e);
    }
    return new TableFingerprints(tables);
  }

  /** Writes a line a table. */
  void write(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    tables.forEach((name, t) -> lines.add(name + "\t" + t.rows() + "\t" + t.hash()));
    Files.write(file, lines);
  }

  /** Returns how many rows all tables have. */
  public long rows() {
    return tables.values().stream().mapToLong(Fingerprint::rows).sum();
  }

  /**
   * Returns how the tables differ from those that were expected, a sentence a table; nothing if
   * they do not.
   */
  List<String> differences(TableFingerprints expected) {
    List<String> differences = new ArrayList<>();
    expected.tables.forEach(
        (name, table) -> {
          Fingerprint found = tables.get(name);
          if (!Objects.equals(found, table)) {
            differences.add(
                found == null
                    ? name + " is missing"
                    : found.rows() == table.rows()
                        ? "%s has %,d rows, and not the same".formatted(name, found.rows())
                        : "%s has %,d rows and not %,d"
                            .formatted(name, found.rows(), table.rows()));
          }
        });
    return differences;
  }
}
