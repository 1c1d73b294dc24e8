package io.autopulse.sink.live.files;

import io.autopulse.sink.live.LiveTable;
import io.autopulse.sink.publish.ContentOrder;
import io.autopulse.warehouse.Session;
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
  private static final String COUNT =
      """
      update {core}.load_run_feeds
      set
          rows_read = rows_read + %2$d + %3$d + %5$d,
          rows_accepted = rows_accepted + %2$d,
          rows_rejected = rows_rejected + %3$d,
          rows_superseded = rows_superseded + %4$d,
          rows_conflicting = rows_conflicting + %5$d,
          rows_published = rows_published + %2$d - %4$d
      where run_id = {run_id} and feed = '%1$s'
      """;

  private static final String FIRST_COUNT =
      """
      insert into {core}.load_run_feeds (
          run_id, feed, rows_read, rows_accepted, rows_rejected, rows_duplicate, rows_superseded,
          rows_out_of_range, rows_published, rows_conflicting
      ) values (
          {run_id}, '%1$s', %2$d + %3$d + %5$d, %2$d, %3$d, 0, %4$d, 0, %2$d - %4$d, %5$d
      )
      """;

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
    // Bounds that are literals let DuckDB pass over the row groups of other days.
    List<Bounds> bounds =
        session.query(
            "select min(updated_at), max(updated_at) from LIVE_sale_versions having count(*) > 0",
            row -> new Bounds(utc(row, 1), utc(row, 2)));
    if (bounds.isEmpty()) {
      return Versions.NONE;
    }
    run(
        "find known versions",
        """
        create or replace temp table LIVE_known_versions as
        select known.*
        from {core}.sale_versions as known
        semi join LIVE_sale_versions as versions on %s
        where known.updated_at between %s and %s
        """
            .formatted(
                ContentOrder.sameKey("versions", "known"),
                SqlNames.literal(bounds.get(0).first()),
                SqlNames.literal(bounds.get(0).last())));
    run(
        "leave out known versions",
        """
        delete from LIVE_sale_versions as versions
        using LIVE_known_versions as known
        where %s and %s
        """
            .formatted(
                ContentOrder.sameKey("versions", "known"), ContentOrder.same("versions", "known")));
    long conflicting =
        session.number("select count(*) from LIVE_sale_versions where fate = 'CONFLICTING'");
    long superseded =
        session.number(
            "select count(*) from LIVE_sale_versions as versions anti join LIVE_known_versions as known on %s where fate = 'SUPERSEDED'"
                .formatted(ContentOrder.sameKey("versions", "known")));
    long replaced = keepGreatestContents();
    long added =
        run(
                "insert new versions",
                "insert into {core}.sale_versions (%1$s, currency, run_id) select %1$s, {currency}, {run_id} from LIVE_sale_versions"
                    .formatted(LiveTable.VERSIONS.coreColumns()))
            - replaced;
    count("sales", added, 0, superseded, conflicting);
    return new Versions(added, superseded, Optional.of(bounds.get(0).last()));
  }

  /** Of each key leaves the greatest content, and returns of how many keys the table has lesser. */
  private long keepGreatestContents() throws SQLException {
    run(
        "leave out lesser contents",
        """
        delete from LIVE_sale_versions as versions
        using (
            select * exclude (run_id, currency) from LIVE_known_versions
            union all by name
            select * exclude (fate) from LIVE_sale_versions
        ) as known
        where %s and %s
        """
            .formatted(
                ContentOrder.sameKey("versions", "known"),
                ContentOrder.greater("known", "versions")));
    if (!session.any(
        "select 1 from LIVE_sale_versions as versions semi join LIVE_known_versions as known on "
            + ContentOrder.sameKey("versions", "known"))) {
      return 0;
    }
    return run(
        "delete lesser contents",
        """
        delete from {core}.sale_versions as known
        using LIVE_sale_versions as versions
        where %s
        """
            .formatted(ContentOrder.sameKey("versions", "known")));
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
        "insert into {core}.sales_kpi_live (%1$s, is_final, computed_at, run_id) select %1$s, false, {now}, {run_id} from %2$s"
            .formatted(LiveTable.PANES.coreColumns(), LiveTable.rowsOf(files)));
  }

  /** Returns how many panes there are. */
  long countPanes() throws SQLException {
    return session.number("select count(*) from {core}.sales_kpi_live");
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
    return deleteOutdonePanes("hash(window_start) %% %d = %d".formatted(slices, slice));
  }

  /**
   * The same for all cells of those windows only that got many panes lately.
   *
   * @param since when the panes were loaded that are counted
   * @param panes how many make a window busy
   */
  long deleteOutdonePanesOfBusyWindows(Instant since, long panes) throws SQLException {
    return deleteOutdonePanes(
        """
        (grain, window_start) in (
            select grain, window_start
            from {core}.sales_kpi_live
            where computed_at >= %s
            group by grain, window_start
            having count(*) >= %d
        )
        """
            .formatted(SqlNames.literal(since), panes));
  }

  private long deleteOutdonePanes(String where) throws SQLException {
    listener.before("delete outdone panes");
    session.execute(
        """
        create or replace temp table LIVE_kept as
        select *
        from {core}.sales_kpi_live
        where rowid in (
            select arg_max(rowid, (revision, rowid))
            from {core}.sales_kpi_live
            where %s
            group by %s
        )
        """
            .formatted(where, LiveTable.PANES.key()));
    long deleted = session.execute("delete from {core}.sales_kpi_live where " + where);
    long kept = session.execute("insert into {core}.sales_kpi_live select * from LIVE_kept");
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
        """
        delete from %1$s as batch
        using {core}.%2$s as known
        where %3$s and known.%4$s >= batch.%4$s
        """
            .formatted(table.batch(), table, sameKey, table.order()));
    run(
        "delete outdone rows of " + table,
        """
        delete from {core}.%2$s as known
        using %1$s as batch
        where %3$s
        """
            .formatted(table.batch(), table, sameKey));
    List<String> columns = new ArrayList<>(List.of(table.coreColumns()));
    List<String> values = new ArrayList<>(columns);
    given.forEach(
        (column, value) -> {
          columns.add(column);
          values.add(value);
        });
    return run(
        "insert rows of " + table,
        "insert into {core}.%s (%s, run_id) select %s, {run_id} from %s"
            .formatted(
                table, String.join(", ", columns), String.join(", ", values), table.batch()));
  }

  /**
   * Adds the records that no run of this job rejected before; returns how many of each code.
   * Refreshes keep their own: what the day's refresh rejects is no reason for its live twin to keep
   * silent.
   */
  Map<String, Long> addRejected() throws SQLException {
    run(
        "leave out known rejected records",
        """
        delete from LIVE_rejected_records as records
        using {core}.rejected_records as known, {core}.load_runs as runs
        where
            known.feed = records.feed
            and known.origin = records.origin
            and known.raw = records.raw
            and runs.run_id = known.run_id
            and runs.job = {job}
        """);
    List<Rejected> counts =
        session.query(
            "select feed, code, count(*) from LIVE_rejected_records group by all",
            row -> new Rejected(row.getString(1), row.getString(2), row.getLong(3)));
    run(
        "insert rejected records",
        "insert into {core}.rejected_records (%1$s, run_id) select %1$s, {run_id} from LIVE_rejected_records"
            .formatted(LiveTable.REJECTED.coreColumns()));
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
    String name = SqlNames.identifier(feed);
    if (session.execute(COUNT.formatted(name, accepted, rejected, superseded, conflicting)) == 0) {
      session.execute(FIRST_COUNT.formatted(name, accepted, rejected, superseded, conflicting));
    }
  }

  private long run(String step, String sql) throws SQLException {
    listener.before(step);
    return session.execute(sql);
  }
}
