package io.autopulse.it.operations;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;

/**
 * The sales of a generated landing zone as an ERP exports them: each night a file of the versions
 * made since, some of them four days late.
 */
final class Deliveries implements AutoCloseable {
  private final Connection rows;
  private final Path landing;

  /**
   * Reads the generated sales.
   *
   * @param generated the landing zone with all of them
   * @param landing where they are delivered
   * @param last the day of the last delivery; versions that would come later never do
   */
  Deliveries(Path generated, Path landing, LocalDate last) throws SQLException {
    this.landing = landing;
    rows = DriverManager.getConnection("jdbc:duckdb:");
    execute("set timezone = 'UTC'");
    // A version of a sale that lies weeks back would be out of what a refresh covers.
    execute(
        """
        create table rows as
        select * from (
            select *, cast(cast(updated_at as timestamptz) + interval 3 hours as date)
                + case when hash(sale_id, updated_at) %% 10 = 0 then 5 else 1 end as delivered_on
            from read_csv('%s/sales/*.csv', all_varchar = true)
            where cast(updated_at as timestamptz) < cast(sold_at as timestamptz) + interval 25 days)
        where delivered_on <= date '%s'"""
            .formatted(generated, last));
  }

  /** Delivers what comes from a day's night to another's, the first not included. */
  void deliver(LocalDate after, LocalDate upTo) throws SQLException {
    export(
        "* exclude (delivered_on)",
        "delivered_on > date '%s' and delivered_on <= date '%s'".formatted(after, upTo),
        upTo + ".csv");
  }

  /** Delivers all sales up to a day again, without their prices: no refresh can use that. */
  void deliverWithoutPrices(LocalDate upTo, String file) throws SQLException {
    export(
        "* exclude (delivered_on) replace ('' as net_price)",
        "delivered_on <= date '%s'".formatted(upTo),
        file);
  }

  /** Delivers all sales up to a day again. */
  void deliverAgain(LocalDate upTo, String file) throws SQLException {
    export("* exclude (delivered_on)", "delivered_on <= date '%s'".formatted(upTo), file);
  }

  private void export(String columns, String condition, String file) throws SQLException {
    execute(
        "copy (select %s from rows where %s order by updated_at, sale_id) to '%s' (header)"
            .formatted(columns, condition, landing.resolve("sales").resolve(file)));
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = rows.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    rows.close();
  }
}
