package io.autopulse.operations.metabase;

import io.autopulse.domain.problem.InputException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;

/**
 * A role of the warehouse that sees one region, for a connection of Metabase's of its own.
 *
 * @param region the region, as the marts have it
 * @param database the database of the marts
 */
public record RegionRole(String region, String database) {
  private static final String PREFIX = "AUTOPULSE_REGION_";

  /** Checks both: they become part of statements. */
  public RegionRole {
    if (region.isBlank() || region.chars().anyMatch(c -> c < ' ' || c == '\\')) {
      throw new InputException(
          "NAME", "is no name of a region", "Write it as select region from dim_region has it");
    }
    if (!database.matches("[A-Za-z_][A-Za-z0-9_]*")) {
      throw new InputException(
          "--database", "is no plain name of a database", "Write letters, digits and _");
    }
  }

  /** Returns the name of the role: no two regions have the same one. */
  public String name() {
    String plain = region.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]+", "_");
    return region.matches("[A-Z0-9]+")
        ? PREFIX + plain
        : PREFIX
            + plain
            + "_"
            + HexFormat.of().withUpperCase().formatHex(region.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Returns the statements that make the role and what it sees.
   *
   * @param template the statements with {@code {role}}, {@code {database}} and {@code {region}}
   */
  public String sql(String template) {
    return template
        .replace("{role}", name())
        .replace("{database}", database)
        .replace("{region}", "'" + region.replace("'", "''") + "'");
  }
}
