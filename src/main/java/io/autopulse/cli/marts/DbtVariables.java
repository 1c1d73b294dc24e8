package io.autopulse.cli.marts;

import io.autopulse.warehouse.WarehouseUri;
import io.autopulse.warehouse.snowflake.SnowflakeSettings;
import java.util.HashMap;
import java.util.Map;

/** The variables by which dbt's profile knows the warehouse: {@code warehouse/dbt/profiles.yml}. */
final class DbtVariables {
  private DbtVariables() {}

  /**
   * Returns the variables of a warehouse.
   *
   * @param uri which
   * @param environment the variables of this process, which have the secrets
   * @throws io.autopulse.domain.problem.InputException if a variable must be mended
   */
  static Map<String, String> of(WarehouseUri uri, Map<String, String> environment) {
    if (uri instanceof WarehouseUri.Snowflake snowflake) {
      return snowflake(snowflake, environment);
    }
    return Map.of(
        "AUTOPULSE_MARTS_TARGET",
        "duckdb",
        "AUTOPULSE_MARTS_FILE",
        uri.duckDbFile().toAbsolutePath().toString());
  }

  private static Map<String, String> snowflake(
      WarehouseUri.Snowflake uri, Map<String, String> environment) {
    Map<String, String> variables = new HashMap<>();
    variables.put("AUTOPULSE_MARTS_ACCOUNT", uri.account());
    variables.put("AUTOPULSE_MARTS_DATABASE", uri.database());
    uri.warehouse().ifPresent(name -> variables.put("AUTOPULSE_MARTS_WAREHOUSE", name));
    uri.role().ifPresent(name -> variables.put("AUTOPULSE_MARTS_ROLE", name));
    SnowflakeSettings.of(uri, environment).tellOthers(variables);
    return variables;
  }
}
