package io.autopulse.warehouse.snowflake;

import io.autopulse.domain.problem.InputException;
import io.autopulse.domain.problem.TransientCause;
import io.autopulse.domain.problem.TransientException;
import io.autopulse.warehouse.Warehouse;
import io.autopulse.warehouse.WarehouseException;
import io.autopulse.warehouse.WarehouseUri;
import java.sql.SQLException;

/** Says what a person can do about a session that Snowflake refuses. */
public final class SnowflakeProblem {
  private SnowflakeProblem() {}

  /** Returns what to throw for an error of a session that makes the schema. */
  static RuntimeException ofDatabase(SQLException refused, SnowflakeSettings settings) {
    return switch (refused.getErrorCode()) {
      case 2_003, 2_043, 90_105, 90_106 ->
          explained(
              refused,
              settings,
              "there is no database "
                  + settings.uri().database()
                  + ", or role "
                  + settings.uri().role().orElse("of the user")
                  + " may not use it",
              "Make it, and its grants, by warehouse/snowflake/setup.sql, or name another in the URI");
      default -> of(refused, settings);
    };
  }

  /**
   * Returns what to throw for an error of a login, or of the first statement of a session, which
   * names the schema or the database.
   */
  static RuntimeException of(SQLException refused, SnowflakeSettings settings) {
    WarehouseUri.Snowflake uri = settings.uri();
    String user = settings.user();
    return switch (refused.getErrorCode()) {
      case 390_144, 394_300, 394_301, 394_302, 394_303, 394_304 ->
          explained(
              refused,
              settings,
              "Snowflake does not take this key of user " + user,
              "Give the user the key's public half: alter user "
                  + user
                  + " set rsa_public_key = '…'; and compare "
                  + SnowflakeVariables.USER
                  + " and the account "
                  + uri.account());
      case 390_100, 390_303, 394_400 ->
          explained(
              refused,
              settings,
              "Snowflake does not take the " + settings.means() + " of user " + user,
              "Compare "
                  + SnowflakeVariables.USER
                  + ", the account "
                  + uri.account()
                  + " and the secret");
      case 390_318 ->
          explained(
              refused, settings, "the " + settings.means() + " has expired", "Ask for a new one");
      case 390_101, 390_102 ->
          explained(
              refused,
              settings,
              "user " + user + " is locked or disabled",
              "Ask an administrator: alter user " + user + " set disabled = false");
      case 390_186, 390_189 ->
          explained(
              refused,
              settings,
              "role "
                  + uri.role().orElse("of the user")
                  + " does not exist or is not granted to "
                  + user,
              "Grant it: grant role " + uri.role().orElse("NAME") + " to user " + user);
      case 390_422, 390_420 ->
          explained(
              refused,
              settings,
              "a network policy keeps this machine out",
              "Add its address to the policy of user " + user);
      case 2_003, 2_043, 90_105, 90_106 ->
          explained(
              refused,
              settings,
              "there is no schema "
                  + uri.database()
                  + "."
                  + Warehouse.SCHEMA
                  + ", or this role may not use it",
              "Make the database by warehouse/snowflake/setup.sql and its tables by: autopulse migrate");
      default ->
          loggedIn(refused)
              ? new WarehouseException("open a session", refused)
              : unreachable(refused, settings);
    };
  }

  private static InputException unreachable(SQLException refused, SnowflakeSettings settings) {
    String place = settings.uri().toString();
    String problem = settings.server() + " did not let us in: " + firstLine(refused);
    String remedy =
        "Compare the account " + settings.uri().account() + ", the network and the proxy";
    return TransientCause.isIn(refused)
        ? new TransientException(place, problem, remedy, refused)
        : new InputException(place, problem, remedy, refused);
  }

  /** Errors below 200,000 are those of statements; the driver's and the login's lie above. */
  private static boolean loggedIn(SQLException refused) {
    return refused.getErrorCode() > 0 && refused.getErrorCode() < 200_000;
  }

  /** Returns what Snowflake says, on one line without a stop at its end. */
  public static String firstLine(SQLException refused) {
    return String.valueOf(refused.getMessage())
        .strip()
        .replaceAll("\\s*\\R\\s*", " ")
        .replaceFirst("\\.$", "");
  }

  private static InputException explained(
      SQLException refused, SnowflakeSettings settings, String problem, String remedy) {
    return new InputException(settings.uri().toString(), problem, remedy, refused);
  }
}
