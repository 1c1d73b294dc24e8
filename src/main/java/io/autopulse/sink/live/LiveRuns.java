package io.autopulse.sink.live;

import io.autopulse.domain.problem.InputException;
import io.autopulse.warehouse.Session;
import io.autopulse.warehouse.SqlFile;
import io.autopulse.warehouse.Warehouse;
import io.autopulse.warehouse.WarehouseException;
import io.autopulse.warehouse.runs.RunLog;
import io.autopulse.warehouse.runs.RunStart;
import io.autopulse.warehouse.runs.RunStatus;
import io.autopulse.warehouse.runs.RunningProcess;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which live runs restate which tables ({@code live_runs}). Of a cell the highest revision is
 * shown, and a job counts revisions of what its own state knows. So one state at a time writes a
 * table, and no state goes on after another one has written there.
 */
public final class LiveRuns {
  private final Warehouse warehouse;
  private final Clock clock;

  /**
   * Makes the log of live runs.
   *
   * @param warehouse a migrated warehouse
   * @param clock gives the ends of runs that are found abandoned
   */
  public LiveRuns(Warehouse warehouse, Clock clock) {
    this.warehouse = warehouse;
    this.clock = clock;
  }

  /**
   * Logs that a run starts which restates tables.
   *
   * @param tables what its job writes
   * @param state what it goes on with
   * @param loader whether the run loads only, and the job runs elsewhere
   * @throws InputException if another live run writes one of these tables, or has written it since
   *     the state did, or the state is that of another warehouse; nothing is logged then
   */
  public void start(RunStart run, Set<LiveTable> tables, LiveState state, boolean loader) {
    check(run.job(), tables, state);
    if (!loader && !state.anew()) {
      requireKnown(tables, state);
    }
    new RunLog(warehouse, clock).start(run);
    register(run.runId(), tables, state, loader);
  }

  // A state that goes on drops what changes from now on: the rest must be in the warehouse.
  private void requireKnown(Set<LiveTable> tables, LiveState state) {
    if (entries(tables).stream().noneMatch(entry -> entry.state().equals(state.id()))) {
      throw new InputException(
          warehouse.name(),
          "the job's state has never written to this warehouse, which lacks what it has computed until now",
          "Name the warehouse that the job has loaded; or start anew: move the job's checkpoints away");
    }
  }

  /**
   * Checks that a state may write tables.
   *
   * @throws InputException if another live run writes one of them, or has written it since
   */
  public void check(String job, Set<LiveTable> tables, LiveState state) {
    List<Entry> entries = entries(tables);
    for (Entry other : entries) {
      if (!other.state().equals(state.id()) && other.mayRunBeside(job)) {
        throw new InputException(
            warehouse.name(),
            "%s is written by run %s of the live job %s: process %d on %s, since %s"
                .formatted(
                    other.table(),
                    other.runId(),
                    other.job(),
                    other.process().processId(),
                    other.process().host(),
                    other.startedAt()),
            "Two live jobs would overwrite each other's rows: end that one, or name another warehouse. If its machine is gone, set its status in "
                + Warehouse.SCHEMA
                + ".load_runs to ABANDONED");
      }
    }
    if (!state.anew() && !entries.isEmpty() && !entries.get(0).state().equals(state.id())) {
      Entry last = entries.get(0);
      if (state.id().compareTo(last.runId()) < 0) {
        throw new InputException(
            warehouse.name(),
            "run %s of the live job %s has written %s since, and the checkpoints do not know what it computed"
                .formatted(last.runId(), last.job(), last.table()),
            "Start anew: move the job's checkpoints away");
      }
      if (!state.readWarehouse()) {
        throw new InputException(
            warehouse.name(),
            "the job began anew where this warehouse could not be read, so it does not know what run %s of the live job %s has loaded"
                .formatted(last.runId(), last.job()),
            "Cancel the job, move its checkpoints away and submit it where the warehouse is");
      }
    }
  }

  private void register(String runId, Set<LiveTable> tables, LiveState state, boolean loader) {
    try (Connection connection = warehouse.connect()) {
      Session session = Session.ofCore(connection);
      for (LiveTable table : restated(tables)) {
        session.execute(
            SqlFile.read(LiveRuns.class, "insert-live-run"),
            List.of(runId, table.toString(), state.id(), loader));
      }
    } catch (SQLException e) {
      throw new WarehouseException("log the tables of run " + runId, e);
    }
  }

  /**
   * Deletes the panes of windows that begin on a date or later: a new state computes them all, and
   * counts revisions from one.
   *
   * @return how many panes there were
   */
  public static long deletePanes(Warehouse warehouse, LocalDate since) {
    try (Connection connection = warehouse.connect()) {
      return Session.ofCore(connection)
          .execute(SqlFile.read(LiveRuns.class, "delete-panes"), List.of(since.atStartOfDay()));
    } catch (SQLException e) {
      throw new WarehouseException("delete the panes of windows that are computed anew", e);
    }
  }

  /** Returns the live runs that restate any of the tables, the last that started first. */
  private List<Entry> entries(Set<LiveTable> tables) {
    String names =
        restated(tables).stream().map(table -> "'" + table + "'").collect(Collectors.joining(", "));
    try (Connection connection = warehouse.connect()) {
      return Session.ofCore(connection)
          .query(
              SqlFile.read(LiveRuns.class, "live-runs", Map.of("tables", names)),
              row ->
                  new Entry(
                      row.getString(1),
                      row.getString(2),
                      row.getString(3),
                      row.getString(4),
                      row.getString(5),
                      row.getObject(6, LocalDateTime.class).toInstant(ZoneOffset.UTC),
                      new RunningProcess(String.valueOf(row.getString(7)), row.getLong(8)),
                      row.getBoolean(9)));
    } catch (SQLException e) {
      throw new WarehouseException("read the live runs", e);
    }
  }

  // A job of sales and one of market data both write rejected records, which are added only.
  private static Set<LiveTable> restated(Set<LiveTable> tables) {
    EnumSet<LiveTable> restated = EnumSet.noneOf(LiveTable.class);
    restated.addAll(new TreeSet<>(tables));
    restated.retainAll(LiveTable.RESTATED);
    return restated;
  }

  private record Entry(
      String runId,
      String table,
      String state,
      String job,
      String status,
      Instant startedAt,
      RunningProcess process,
      boolean loader) {
    // Of another machine nothing is known but what is logged. A container has another name after
    // each start, so a run of the job itself elsewhere counts as gone: its live folder has a lock.
    // A loader loads whatever state its job has.
    boolean mayRunBeside(String otherJob) {
      if (!status.equals(RunStatus.RUNNING.name()) || loader && job.equals(otherJob)) {
        return false;
      }
      return process.host().equals(RunningProcess.current().host())
          ? process.stillRunsSince(startedAt)
          : !job.equals(otherJob);
    }
  }
}
