package io.autopulse.warehouse.runs;

import io.autopulse.domain.run.Inputs;
import io.autopulse.domain.run.PublishedRun;
import io.autopulse.domain.run.PublishedRuns;
import io.autopulse.warehouse.Session;
import io.autopulse.warehouse.SqlFile;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** Reads which runs have replaced windows. */
public final class RunHistory {
  private RunHistory() {}

  /** Reads the runs of a migrated warehouse. */
  public static PublishedRuns of(Connection connection) throws SQLException {
    return new PublishedRuns(
        Session.ofCore(connection)
            .query(SqlFile.read(RunHistory.class, "published-runs"), RunHistory::run));
  }

  private static PublishedRun run(ResultSet row) throws SQLException {
    return new PublishedRun(
        row.getString(1),
        row.getString(2),
        RunColumns.interval(row.getObject(3, LocalDate.class), row.getObject(4, LocalDate.class)),
        row.getString(5),
        Optional.ofNullable(row.getString(6)).map(Inputs::new),
        row.getObject(7, LocalDateTime.class).toInstant(ZoneOffset.UTC),
        row.getDouble(8),
        row.getLong(9));
  }
}
