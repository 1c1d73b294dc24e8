package io.autopulse.sink.publish.forecast;

import io.autopulse.domain.problem.InputException;
import io.autopulse.domain.problem.NearestName;
import io.autopulse.warehouse.Session;
import io.autopulse.warehouse.SqlFile;
import io.autopulse.warehouse.SqlNames;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * A planner's number beside the latest forecast of a member and period. It is added to the others,
 * never in the place of one: the view {@code forecasts_current} shows the last.
 *
 * @param grain week or month
 * @param dimension the dimension's name
 * @param member the member
 * @param period the first day of the period
 * @param units at least 0
 * @param author who says so
 * @param reason why
 */
public record ForecastOverride(
    String grain,
    String dimension,
    String member,
    LocalDate period,
    BigDecimal units,
    String author,
    String reason) {
  /** Checks that somebody says so, and why. */
  public ForecastOverride {
    if (author.isBlank() || reason.isBlank()) {
      throw new InputException(
          author.isBlank() ? "--by" : "--because",
          "is blank",
          "Say who changes the number, and why");
    }
  }

  /**
   * Adds it.
   *
   * @param now when it is said
   * @throws InputException if the latest forecast has no such member or period
   */
  public void add(Connection connection, Instant now) throws SQLException {
    Session session = Session.ofCore(connection);
    long added =
        session.execute(
            sql("add-override"),
            List.of(units, author, reason, SqlNames.utc(now), grain, dimension, member, period));
    if (added == 0) {
      throw unknown(session);
    }
  }

  private InputException unknown(Session session) throws SQLException {
    List<String> members =
        session.query(sql("forecast-members"), List.of(grain, dimension), row -> row.getString(1));
    if (members.isEmpty()) {
      return new InputException(
          "--dimension",
          "no " + grain + " of \"" + dimension + "\" is forecast",
          "See: autopulse sql \"select distinct grain, dimension from forecasts_current\"");
    }
    if (!members.contains(member)) {
      return new InputException(
          "--member",
          "no forecast of " + dimension + " is of \"" + member + "\"",
          NearestName.hint(member, members));
    }
    return new InputException(
        "--period",
        period + " is not the first day of a " + grain + " that is forecast",
        "See: autopulse sql \"select distinct period_start from forecasts_current order by 1\"");
  }

  /** Returns what was added, for its author. */
  public String describe() {
    return "%s %s, %s from %s: %s units, by %s: %s"
        .formatted(dimension, member, grain, period, units.toPlainString(), author, reason);
  }

  private static String sql(String name) {
    return SqlFile.read(ForecastOverride.class, "publish/" + name);
  }
}
