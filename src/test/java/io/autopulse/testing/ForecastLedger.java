package io.autopulse.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A small ledger: weekly forecasts of two as-of dates, of the total and two regions, of which one
 * is marked.
 */
public final class ForecastLedger {
  private ForecastLedger() {}

  /** Makes the database file and opens it. */
  public static Connection at(Path file) throws IOException, SQLException {
    Connection connection = DriverManager.getConnection("jdbc:duckdb:" + MigratedFile.at(file));
    try (Statement statement = connection.createStatement()) {
      statement.execute("set search_path = 'AUTOPULSE_CORE'");
      for (String asOf : new String[] {"2026-11-01", "2026-11-15"}) {
        statement.execute(
            """
            insert into forecasts
            select
                'week', date '%1$s', 1, m.dimension, m.member,
                date '%1$s' + cast(7 * h.h - 6 as integer), h.h, t.method, m.mean + h.h,
                case when t.method = 'forecast' then m.mean - 2 end,
                case when t.method = 'forecast' then m.mean + 4 end,
                case when t.method = 'forecast' then m.mean - 5 end,
                case when t.method = 'forecast' then m.mean + 9 end,
                t.method = 'forecast',
                case when t.method <> 'forecast' then t.method when m.member = 'SOUTH' then 'naive' else 'combination' end,
                case when t.method = 'forecast' and m.member = 'SOUTH' then 'it was <better>' end,
                case when t.method = 'forecast' then m.mean end, case when t.method = 'forecast' then h.h end,
                case when t.method = 'forecast' then 0 end, case when t.method = 'forecast' then 0 end,
                case when t.method = 'forecast' then m.member || ': it rises.' end,
                'r1',
                case when t.method = 'forecast' then 0 end, case when t.method = 'forecast' then 0 end,
                case when t.method = 'forecast' then 0 end, case when t.method = 'forecast' and m.member = 'SOUTH' then 0.08 end
            from (values ('total', 'ALL', 30), ('region', 'NORTH', 20), ('region', 'SOUTH', 10)) as m (dimension, member, mean)
            cross join (values ('forecast'), ('naive'), ('seasonal_naive')) as t (method)
            cross join (values (1), (2), (3)) as h (h)
            """
                .formatted(asOf));
      }
      statement.execute(
          "insert into forecast_vintages select grain, as_of, vintage, 'j', timestamp '2026-11-16 08:00:00', forecast_rows, fingerprint, 'r1' from forecast_fingerprints");
      statement.execute(
          """
          insert into forecast_accuracy
          select 'week', date '2026-11-15', 1, m.dimension, m.member, t.method, 0, 2, m.units, t.error, t.size,
              1, t.rmsse, t.size / m.units, t.error / m.units, t.c80, t.c80, 1, 1, m.member = 'SOUTH', 'r1'
          from (values ('total', 'ALL', 60), ('region', 'NORTH', 40), ('region', 'SOUTH', 20)) as m (dimension, member, units)
          cross join (values ('forecast', -2, 4, 0.5, 0.5), ('naive', 6, 8, 1.5, null), ('seasonal_naive', 1, 5, 1, null),
              ('model', -3, 6, 0.7, null), ('reconciled', -2, 4, 0.5, null), ('override', -1, 3, 0.4, null)) as t (method, error, size, rmsse, c80)
          """);
      statement.execute(
          """
          insert into sales_kpi
          select 'week', timestamp '2026-09-28' + to_days(cast(7 * w.w as integer)), timestamp '2026-10-05' + to_days(cast(7 * w.w as integer)),
              m.dimension, m.member, m.units + w.w, 0, 0, 100, 10, 10, 10, 10, null, null, null, 1, true, timestamp '2026-11-16 08:00:00', 'r0'
          from (values ('total', 'ALL', 30), ('region', 'NORTH', 20), ('region', 'SOUTH', 10)) as m (dimension, member, units)
          cross join (values (0), (1), (3), (4), (5), (6)) as w (w)
          """);
    }
    return connection;
  }
}
