package io.autopulse.warehouse;

import io.autopulse.domain.problem.InputException;
import io.autopulse.domain.problem.NearestName;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which warehouse is published to: {@code duckdb:PATH} or {@code
 * snowflake://ACCOUNT/DATABASE/SCHEMA?warehouse=..&role=..}.
 */
public sealed interface WarehouseUri {
  /**
   * An embedded DuckDB database.
   *
   * @param file the database file, relative to the current working directory unless absolute
   */
  record DuckDb(Path file) implements WarehouseUri {
    @Override
    public String toString() {
      return "duckdb:" + file;
    }
  }

  /**
   * A Snowflake schema. Credentials are never part of it.
   *
   * @param account the account identifier
   * @param database an identifier
   * @param schema an identifier
   * @param warehouse the virtual warehouse; empty for the user's default
   * @param role the role; empty for the user's default
   */
  record Snowflake(
      String account,
      String database,
      String schema,
      Optional<String> warehouse,
      Optional<String> role)
      implements WarehouseUri {
    @Override
    public String toString() {
      return "snowflake://" + account + "/" + database + "/" + schema;
    }
  }

  /**
   * Reads the URI of a warehouse.
   *
   * @throws InputException if it is none, without a place
   */
  static WarehouseUri parse(String text) {
    int colon = text.indexOf(':');
    String scheme = colon < 0 ? "" : text.substring(0, colon);
    return switch (scheme) {
      case "duckdb" -> duckDb(text, text.substring(colon + 1));
      case "snowflake" -> snowflake(text);
      default ->
          throw new InputException(
              "",
              "\"" + text + "\" is not a warehouse",
              "Write duckdb:PATH or snowflake://ACCOUNT/DATABASE/SCHEMA");
    };
  }

  /**
   * Returns the database file.
   *
   * @throws InputException if the warehouse is none
   */
  default Path duckDbFile() {
    if (this instanceof DuckDb duckDb) {
      return duckDb.file();
    }
    throw new InputException(
        toString(),
        "this warehouse is no DuckDB file",
        "Use a DuckDB file, such as --warehouse duckdb:autopulse.duckdb");
  }

  private static WarehouseUri duckDb(String text, String path) {
    try {
      if (!path.isBlank() && !path.startsWith("//")) {
        return new DuckDb(Path.of(path));
      }
    } catch (InvalidPathException e) {
      // Said below, with the whole URI.
    }
    throw new InputException(
        "", "\"" + text + "\" names no file", "Write duckdb:PATH, such as duckdb:autopulse.duckdb");
  }

  private static WarehouseUri snowflake(String text) {
    Matcher matcher =
        Pattern.compile(
                "snowflake://([A-Za-z0-9][A-Za-z0-9._-]*)/([A-Za-z_][A-Za-z0-9_]*)/([A-Za-z_][A-Za-z0-9_]*)(?:\\?(.*))?")
            .matcher(text);
    if (!matcher.matches()) {
      throw new InputException(
          "",
          "this is not a Snowflake warehouse",
          "Write snowflake://ACCOUNT/DATABASE/SCHEMA?warehouse=NAME&role=NAME, names being plain identifiers");
    }
    Map<String, String> parameters =
        matcher.group(4) == null ? Map.of() : snowflakeParameters(matcher.group(4));
    return new Snowflake(
        matcher.group(1),
        matcher.group(2),
        matcher.group(3),
        Optional.ofNullable(parameters.get("warehouse")),
        Optional.ofNullable(parameters.get("role")));
  }

  private static Map<String, String> snowflakeParameters(String query) {
    List<String> known = List.of("warehouse", "role");
    Map<String, String> parameters = new HashMap<>();
    for (String parameter : query.split("&", -1)) {
      String[] parts = parameter.split("=", 2);
      if (!known.contains(parts[0])) {
        throw new InputException(
            "",
            "\"" + parts[0] + "\" is not a parameter of a Snowflake warehouse",
            NearestName.hint(parts[0], known));
      }
      if (parts.length < 2 || !parts[1].matches("[A-Za-z_][A-Za-z0-9_]*")) {
        throw new InputException(
            "",
            "the parameter " + parts[0] + " of the Snowflake warehouse is not a plain identifier",
            "Write " + parts[0] + "=NAME");
      }
      parameters.put(parts[0], parts[1]);
    }
    return parameters;
  }
}
