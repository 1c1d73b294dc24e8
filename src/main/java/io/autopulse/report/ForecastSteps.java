package io.autopulse.report;

import io.autopulse.warehouse.Session;
import io.autopulse.warehouse.SqlFile;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What each step of making forecasts was worth, and whose last forecasts were biased.
 *
 * @param worth of each dimension the steps in their order
 * @param marked the members whose last forecasts lay above or below what was sold
 */
public record ForecastSteps(List<Worth> worth, List<Marked> marked) {
  /**
   * What a step was worth in a dimension, over the as-of dates of the last year.
   *
   * @param dimension the dimension
   * @param method the step: naive, seasonal_naive, model, reconciled, forecast, override
   * @param forecasts how many forecasts are compared with what was sold
   * @param wape absolute errors as a share of what was sold; null if nothing was
   * @param added what it takes off the WAPE of the step before; below 0 it makes it worse; null for
   *     the first step
   */
  public record Worth(
      String dimension,
      String method,
      long forecasts,
      @Nullable BigDecimal wape,
      @Nullable BigDecimal added) {}

  /**
   * A member whose last forecasts lay above or below what was sold.
   *
   * @param dimension the dimension
   * @param member the member
   * @param bias by how much, as a share of what was sold; above 0 they were too high
   * @param reason what is done about it
   */
  public record Marked(String dimension, String member, BigDecimal bias, String reason) {}

  /** Copies the lists. */
  public ForecastSteps {
    worth = List.copyOf(worth);
    marked = List.copyOf(marked);
  }

  static ForecastSteps of(Session session, String grain, LocalDate asOf) throws SQLException {
    return new ForecastSteps(
        session.query(
            SqlFile.read(ForecastSteps.class, "forecast-worth"),
            List.of(grain, asOf),
            row ->
                new Worth(
                    row.getString(1),
                    row.getString(2),
                    row.getLong(3),
                    row.getBigDecimal(4),
                    row.getBigDecimal(5))),
        session.query(
            SqlFile.read(ForecastSteps.class, "forecast-marked"),
            List.of(grain),
            row ->
                new Marked(
                    row.getString(1), row.getString(2), row.getBigDecimal(3), row.getString(4))));
  }
}
