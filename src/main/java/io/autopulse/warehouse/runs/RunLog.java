package io.autopulse.warehouse.runs;

import io.autopulse.domain.problem.InputException;
import io.autopulse.sink.publish.Publisher;
import io.autopulse.warehouse.Session;
import io.autopulse.warehouse.SqlFile;
import io.autopulse.warehouse.SqlNames;
import io.autopulse.warehouse.Warehouse;
import io.autopulse.warehouse.WarehouseException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes the beginnings and the bad ends of runs to {@code load_runs}, and the good ends of live
 * ones; the good ends of refreshes are the {@link Publisher}'s.
 */
public final class RunLog {
  private final Warehouse warehouse;
  private final Clock clock;

  /**
   * Makes a log.
   *
   * @param warehouse a migrated warehouse
   * @param clock gives {@code ended_at}
   */
  public RunLog(Warehouse warehouse, Clock clock) {
    this.warehouse = warehouse;
    this.clock = clock;
  }

  /**
   * Logs that a run starts in this process. Runs of this machine that are logged as running and
   * whose process is gone become ABANDONED.
   *
   * @param run the run
   * @return the ids of the runs found abandoned
   * @throws InputException if the run id is taken
   */
  public List<String> start(RunStart run) {
    try (Connection connection = warehouse.connect()) {
      Session session = session(connection, run.runId());
      if (session.any(sql("is-known"))) {
        throw new InputException(
            "run " + run.runId(), "there is a run of that id", "A new run needs a new run id");
      }
      RunningProcess process = RunningProcess.current();
      List<String> abandoned = abandon(connection, process);
      session.execute(
          sql("insert-run"),
          Arrays.<@Nullable Object>asList(
              run.job(),
              RunStatus.RUNNING.name(),
              RunColumns.from(run.interval()),
              RunColumns.to(run.interval()),
              SqlNames.utc(run.startedAt()),
              process.host(),
              process.processId(),
              run.version(),
              run.runner()));
      return abandoned;
    } catch (SQLException e) {
      throw new WarehouseException("log the start of run " + run.runId(), e);
    }
  }

  /**
   * Logs that a run failed. A run that has ended already, such as one that an audit rejected, stays
   * as it is.
   *
   * @param runId the run
   * @param message why, for people
   */
  public void fail(String runId, String message) {
    try (Connection connection = warehouse.connect()) {
      end(connection, runId, RunStatus.FAILED, message);
    } catch (SQLException e) {
      throw new WarehouseException("log the failure of run " + runId, e);
    }
  }

  /**
   * Logs that a run has ended well that published as it went: a live one.
   *
   * @param runId the run
   */
  public void publish(String runId) {
    publish(runId, Optional.empty());
  }

  /**
   * Logs that a live run has ended well, or goes on without this process.
   *
   * @param runId the run
   * @param message where it goes on, for people
   */
  public void publish(String runId, Optional<String> message) {
    try (Connection connection = warehouse.connect()) {
      end(connection, runId, RunStatus.PUBLISHED, message.orElse(null));
    } catch (SQLException e) {
      throw new WarehouseException("log the end of run " + runId, e);
    }
  }

  /** Returns the query of a number that grows with each run that publishes. */
  public static String publications() {
    return SqlFile.read(RunLog.class, "publications", Map.of("core", Warehouse.SCHEMA));
  }

  /** Returns the ids of the runs that have started and not ended. */
  public List<String> running() {
    try (Connection connection = warehouse.connect()) {
      return Session.ofCore(connection).query(sql("running"), row -> row.getString(1));
    } catch (SQLException e) {
      throw new WarehouseException("read the runs that have not ended", e);
    }
  }

  private List<String> abandon(Connection connection, RunningProcess current) throws SQLException {
    List<String> abandoned = new ArrayList<>();
    for (OpenRun run : openRuns(connection)) {
      if (run.process().host().equals(current.host())
          && !run.process().stillRunsSince(run.startedAt())) {
        end(
            connection,
            run.runId(),
            RunStatus.ABANDONED,
            "process " + run.process().processId() + " ended without a word");
        abandoned.add(run.runId());
      }
    }
    return abandoned;
  }

  private static List<OpenRun> openRuns(Connection connection) throws SQLException {
    return Session.ofCore(connection)
        .query(
            sql("running-processes"),
            row ->
                new OpenRun(
                    row.getString(1),
                    row.getObject(2, LocalDateTime.class).toInstant(ZoneOffset.UTC),
                    new RunningProcess(row.getString(3), row.getLong(4))));
  }

  private void end(Connection connection, String runId, RunStatus status, @Nullable String message)
      throws SQLException {
    Session session = session(connection, runId);
    List<LocalDateTime> started =
        session.query(sql("start-of-running"), row -> row.getObject(1, LocalDateTime.class));
    if (started.isEmpty()) {
      return;
    }
    Instant now = clock.instant();
    session.execute(
        sql("end-run"),
        Arrays.<@Nullable Object>asList(
            status.name(),
            SqlNames.utc(now),
            RunColumns.seconds(started.get(0).toInstant(ZoneOffset.UTC), now),
            message));
  }

  private static Session session(Connection connection, String runId) {
    RunId.check(runId);
    return new Session(
        connection, Map.of("core", Warehouse.SCHEMA, "run_id", SqlNames.literal(runId)));
  }

  private static String sql(String name) {
    return SqlFile.read(RunLog.class, name);
  }

  private record OpenRun(String runId, Instant startedAt, RunningProcess process) {}
}
