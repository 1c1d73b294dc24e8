package io.autopulse.cli;

import io.autopulse.cli.options.WarehouseOption;
import io.autopulse.cli.text.OutputFormat;
import io.autopulse.cli.text.QueryResult;
import io.autopulse.cli.text.RowPrinter;
import io.autopulse.cli.text.Terminal;
import io.autopulse.domain.problem.InputException;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the history of runs, or one run: {@code autopulse runs [RUN_ID]}. Reads only. */
@Command(
    name = "runs",
    description = "Lists the runs, newest first, or shows one: its feeds, audits and rejects.")
final class RunsCommand implements Callable<Integer> {
  private static final String HISTORY =
      """
      with records as (
          select
              run_id,
              sum(rows_read) as rows_read,
              sum(rows_rejected) as rows_rejected,
              sum(rows_published) as rows_published
          from load_run_feeds
          group by run_id
      )

      select
          load_runs.run_id,
          load_runs.job,
          load_runs.status,
          load_runs.interval_from,
          load_runs.interval_to,
          load_runs.started_at,
          load_runs.seconds,
          cast(records.rows_read as bigint) as "read",
          cast(records.rows_rejected as bigint) as rejected,
          cast(records.rows_published as bigint) as published,
          load_runs.message
      from load_runs
      left join records on load_runs.run_id = records.run_id
      order by load_runs.started_at desc, load_runs.run_id desc
      limit %d
      """;

  private static final Map<String, String> SECTIONS = sections();

  // In csv and json a run is one list of facts, so that one reader reads all of it.
  private static final String FACTS =
      """
      with facts as (
      %s
      union all
          select 3, 'audit', audit, case when passed then 'passed' else 'failed' end, detail, run_id
          from load_run_audits
          union all
          select 4, 'rejected', feed, code, cast(count(*) as varchar), run_id
          from rejected_records_all
          group by feed, code, run_id
      )

      select section, item, field, value
      from facts
      where run_id = ?
      order by part, item, field
      """
          .formatted(
              Stream.concat(
                      Stream.of(
                              "job",
                              "status",
                              "interval_from",
                              "interval_to",
                              "started_at",
                              "ended_at",
                              "seconds",
                              "host",
                              "process_id",
                              "autopulse_version",
                              "runner",
                              "message")
                          .map(field -> fact(1, "run", "run_id", field, field, "load_runs")),
                      Stream.of(
                              "read",
                              "accepted",
                              "rejected",
                              "duplicate",
                              "superseded",
                              "out_of_range",
                              "published")
                          .map(
                              field ->
                                  fact(
                                      2, "feed", "feed", field, "rows_" + field, "load_run_feeds")))
                  .collect(Collectors.joining("union all\n")));

  private static String fact(
      int part, String section, String item, String field, String column, String table) {
    return """
    select %d as part, '%s' as section, %s as item, '%s' as field, cast(%s as varchar) as value, run_id from %s
    """
        .formatted(part, section, item, field, column, table);
  }

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "RUN_ID",
      description = "One run to show; without it the history is listed.")
  private @Nullable String runId;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "How many runs to list (default: 20).")
  private int limit;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "table, csv or json (default: table).")
  private OutputFormat format;

  @Mixin private WarehouseOption warehouse;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (limit < 1) {
      throw new InputException("--limit " + limit, "it must be at least 1", "");
    }
    PrintWriter out = spec.commandLine().getOut();
    warehouse.read(
        "read the history of runs",
        connection -> {
          if (runId == null) {
            print(connection, HISTORY.formatted(limit), null, out);
          } else {
            showRun(connection, runId, out);
          }
        });
    return 0;
  }

  private void showRun(Connection connection, String id, PrintWriter out) throws SQLException {
    if (!exists(connection, id)) {
      throw new InputException(
          "run " + id, "the warehouse knows no such run", "List them with: autopulse runs");
    }
    if (format != OutputFormat.TABLE) {
      print(connection, FACTS, id, out);
      return;
    }
    String gap = "";
    for (Map.Entry<String, String> section : SECTIONS.entrySet()) {
      out.append(gap).append(section.getKey()).append('\n');
      print(connection, section.getValue(), id, out);
      gap = "\n";
    }
  }

  private static boolean exists(Connection connection, String id) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("select 1 from load_runs where run_id = ?")) {
      query.setString(1, id);
      try (ResultSet rows = query.executeQuery()) {
        return rows.next();
      }
    }
  }

  private void print(Connection connection, String sql, @Nullable String parameter, PrintWriter out)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      if (parameter != null) {
        query.setString(1, parameter);
      }
      try (ResultSet rows = query.executeQuery()) {
        new RowPrinter(format, Terminal.takesColours()).print(QueryResult.inLowerCase(rows), out);
      }
    }
  }

  private static Map<String, String> sections() {
    Map<String, String> sections = new LinkedHashMap<>();
    sections.put(
        "Run",
        """
        select
            run_id, job, status, interval_from, interval_to, started_at, seconds, host, process_id,
            autopulse_version as version, runner, message
        from load_runs
        where run_id = ?
        """);
    sections.put(
        "Feeds",
        """
        select
            feed,
            rows_read as "read",
            rows_accepted as accepted,
            rows_rejected as rejected,
            rows_duplicate as duplicate,
            rows_conflicting as conflicting,
            rows_skipped as skipped,
            rows_superseded as superseded,
            rows_out_of_range as out_of_range,
            rows_published as published
        from load_run_feeds
        where run_id = ?
        order by feed
        """);
    sections.put(
        "Audits",
        """
        select audit, case when passed then 'passed' else 'FAILED' end as result,
            replace(detail, chr(10), ' | ') as detail
        from load_run_audits
        where run_id = ?
        order by passed, audit
        """);
    sections.put(
        "Rejected records by code",
        """
        select feed, code, count(*) as records, min(origin) as first_origin, min(message) as example
        from rejected_records_all
        where run_id = ?
        group by feed, code
        order by records desc, feed, code
        """);
    return sections;
  }
}
