package io.autopulse.sink.live.files;

import io.autopulse.sink.live.LiveTable;
import io.autopulse.sink.publish.ContentOrder;
import io.autopulse.warehouse.Session;
import io.autopulse.warehouse.SqlFile;
import io.autopulse.warehouse.SqlNames;
import io.autopulse.warehouse.StatementListener;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The statements that put a batch of a live job's rows, read into the relations of {@link
 * LiveTable}, into the core tables, within the caller's transaction. What the core tables have
 * already changes nothing, so that a batch may come twice.
 */
final class LiveTables {
  private static final String SAME_VERSION = ContentOrder.sameKey("versions", "known");

  private final Session session;
  private final StatementListener listener;

  LiveTables(Session session, StatementListener listener) {
    this.session = session;
    this.listener = listener;
  }

  /**
   * Adds the versions whose keys are new, and puts greater contents in the place of lesser ones;
   * returns how many are new, and how many of them superseded.
   */
  Versions addVersions() throws SQLException {
    List<Bounds> bounds =
        session.query(sql("bounds-of-versions"), row -> new Bounds(utc(row, 1), utc(row, 2)));
    if (bounds.isEmpty()) {
      return Versions.NONE;
    }
    run(
        "find known versions",
        sql(
            "find-known-versions",
            Map.of(
                "known_version",
                ContentOrder.sameKey("known", "versions"),
                "first",
                SqlNames.literal(bounds.get(0).first()),
                "last",
                SqlNames.literal(bounds.get(0).last()))));
    run(
        "leave out known versions",
        sql(
            "leave-out-known-versions",
            Map.of(
                "same_version",
                SAME_VERSION,
                "same_content",
                ContentOrder.same("versions", "known"))));
    long conflicting = session.number(sql("count-conflicting"));
    long superseded = session.number(sql("count-superseded", Map.of("same_version", SAME_VERSION)));
    long replaced = keepGreatestContents();
    long added =
        run(
                "insert new versions",
                sql("insert-versions", Map.of("columns", LiveTable.VERSIONS.coreColumns())))
            - replaced;
    count("sales", added, 0, superseded, conflicting);
    return new Versions(added, superseded, Optional.of(bounds.get(0).last()));
  }

  /** Of each key leaves the greatest content, and returns of how many keys the table has lesser. */
  private long keepGreatestContents() throws SQLException {
    run(
        "leave out lesser contents",
        sql(
            "leave-out-lesser-contents",
            Map.of(
                "same_version",
                SAME_VERSION,
                "content_is_greater",
                ContentOrder.greater("known", "versions"))));
    if (!session.any(sql("lesser-contents", Map.of("same_version", SAME_VERSION)))) {
      return 0;
    }
    return run(
        "delete lesser contents",
        sql("delete-lesser-contents", Map.of("same_version", SAME_VERSION)));
  }

  /**
   * What became of a batch's versions.
   *
   * @param added versions whose keys were new
   * @param superseded those of them that were superseded when they came
   * @param newest the latest {@code updated_at} of the batch; empty if it has no version
   */
  record Versions(long added, long superseded, Optional<Instant> newest) {
    static final Versions NONE = new Versions(0, 0, Optional.empty());
  }

  private record Bounds(Instant first, Instant last) {}

  private static Instant utc(ResultSet row, int column) throws SQLException {
    return row.getObject(column, LocalDateTime.class).toInstant(ZoneOffset.UTC);
  }

  /**
   * Appends the panes of files; returns how many. Readers see of each cell the highest revision.
   */
  long appendPanes(List<Path> files) throws SQLException {
    return run(
        "append panes",
        sql(
            "append-panes",
            Map.of("columns", LiveTable.PANES.coreColumns(), "rows", LiveTable.rowsOf(files))));
  }

  /** Returns how many panes there are. */
  long countPanes() throws SQLException {
    return session.number(sql("count-panes"));
  }

  /**
   * Deletes the panes that others outdo: of each cell all but the highest revision, at a tie but
   * the last that came; returns how many. The others are written anew: row groups of deleted rows
   * only are given back when the warehouse is closed, those with a few others are not.
   *
   * @param slice which cells: those the hash of whose window leaves this remainder
   * @param slices by how many the hash is divided
   */
  long deleteOutdonePanes(int slice, int slices) throws SQLException {
    return deleteOutdonePanesOf("hash(window_start) %% %d = %d".formatted(slices, slice));
  }

  /**
   * The same for all cells of those windows only that got many panes lately.
   *
   * @param since when the panes were loaded that are counted
   * @param panes how many make a window busy
   */
  long deleteOutdonePanesOfBusyWindows(Instant since, long panes) throws SQLException {
    return deleteOutdonePanesOf(
        "(grain, window_start) in ("
            + sql(
                "busy-windows",
                Map.of("since", SqlNames.literal(since), "fewest", String.valueOf(panes)))
            + ")");
  }

  private long deleteOutdonePanesOf(String panes) throws SQLException {
    listener.before("delete outdone panes");
    session.execute(sql("keep-shown-panes", Map.of("panes", panes, "key", LiveTable.PANES.key())));
    long deleted = session.execute(sql("delete-panes", Map.of("panes", panes)));
    long kept = session.execute(sql("restore-shown-panes"));
    session.execute("drop table LIVE_kept");
    return deleted - kept;
  }

  /**
   * Puts in the rows of a table that are new, or later than the one of their key; returns how many.
   *
   * @param table one whose rows take the place of each other
   * @param given further columns, and what they hold
   */
  long replace(LiveTable table, Map<String, String> given) throws SQLException {
    String sameKey = table.sameKey("known", "batch");
    run(
        "leave out outdone rows of " + table,
        sql(
            "leave-out-stale-rows",
            Map.of(
                "batch",
                table.batch(),
                "table",
                table.toString(),
                "same_key",
                sameKey,
                "moment",
                table.order())));
    run(
        "delete outdone rows of " + table,
        sql(
            "delete-stale-rows",
            Map.of("batch", table.batch(), "table", table.toString(), "same_key", sameKey)));
    List<String> columns = new ArrayList<>(List.of(table.coreColumns()));
    List<String> values = new ArrayList<>(columns);
    given.forEach(
        (column, value) -> {
          columns.add(column);
          values.add(value);
        });
    return run(
        "insert rows of " + table,
        sql(
            "insert-rows",
            Map.of(
                "batch",
                table.batch(),
                "table",
                table.toString(),
                "columns",
                String.join(", ", columns),
                "values",
                String.join(", ", values))));
  }

  /**
   * Adds the records that no run of this job rejected before; returns how many of each code.
   * Refreshes keep their own: what the day's refresh rejects is no reason for its live twin to keep
   * silent.
   */
  Map<String, Long> addRejected() throws SQLException {
    run("leave out known rejected records", sql("leave-out-known-rejected"));
    List<Rejected> counts =
        session.query(
            sql("count-rejected"),
            row -> new Rejected(row.getString(1), row.getString(2), row.getLong(3)));
    run(
        "insert rejected records",
        sql("insert-rejected", Map.of("columns", LiveTable.REJECTED.coreColumns())));
    Map<String, Long> byCode = new HashMap<>();
    for (Rejected count : counts) {
      count(count.feed(), 0, count.records(), 0, 0);
      byCode.merge(count.code(), count.records(), Long::sum);
    }
    return byCode;
  }

  private record Rejected(String feed, String code, long records) {}

  private void count(String feed, long accepted, long rejected, long superseded, long conflicting)
      throws SQLException {
    List<Object> counts =
        List.of(
            accepted + rejected + conflicting,
            accepted,
            rejected,
            superseded,
            conflicting,
            accepted - superseded,
            feed);
    if (session.execute(sql("add-counts"), counts) == 0) {
      session.execute(sql("insert-counts"), counts);
    }
  }

  private long run(String step, String sql) throws SQLException {
    listener.before(step);
    return session.execute(sql);
  }

  private static String sql(String name) {
    return sql(name, Map.of());
  }

  private static String sql(String name, Map<String, String> values) {
    return SqlFile.read(LiveTables.class, "duckdb/" + name, values);
  }
}
