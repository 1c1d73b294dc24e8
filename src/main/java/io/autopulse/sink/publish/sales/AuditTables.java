package io.autopulse.sink.publish.sales;

import io.autopulse.warehouse.Session;
import java.sql.SQLException;
import java.util.List;

/**
 * Small temporary tables that the audits share, so that each staging relation is scanned once:
 * scanning costs more than all audits together.
 */
final class AuditTables implements AutoCloseable {
  /** The names of the tables, each also a placeholder of the audits' statements. */
  static final List<String> NAMES =
      List.of(
          "audited_versions",
          "repeated_sales",
          "audited_days",
          "recomputed_windows",
          "audited_windows");

  // A sale's id is narrowed to its hash. Equal ids have equal hashes, so a repeated id is never
  // overlooked; whether a repeated
  // hash is a repeated id is asked of staging itself.
  private static final String VERSIONS =
      """
      create temporary table {audited_versions} as
      select
          case when sale_id is not null then hash(sale_id) end as sale_key,
          updated_at,
          sequence,
          fate,
          status,
          sold_on,
          net_price,
          make,
          region
      from {sale_versions}
      """;

  private static final String REPEATED_SALES =
      """
      create temporary table {repeated_sales} as
      select sale_key
      from {audited_versions}
      group by sale_key
      having count(*) > 1
      """;

  private static final String DAYS =
      """
      create temporary table {audited_days} as
      select
          sold_on,
          make,
          region,
          count(case when status = 'SOLD' then 1 end) as units_sold,
          count(case when status = 'CANCELLED' then 1 end) as units_cancelled,
          count(case when status = 'RETURNED' then 1 end) as units_returned,
          sum(case when status = 'SOLD' then net_price else 0 end) as revenue
      from {audited_versions}
      where fate = 'CURRENT'
      group by sold_on, make, region
      """;

  // The hours of a day must add up to the day: which hour a sale belongs to is not recomputed.
  private static final String RECOMPUTED =
      """
      create temporary table {recomputed_windows} as
      with windows as (
          select
              'day' as grain,
              cast(sold_on as timestamp) as window_start,
              cast(sold_on + interval '1 day' as timestamp) as window_end,
              days.*
          from {audited_days} as days
          union all
          select
              'hour' as grain,
              cast(sold_on as timestamp) as window_start,
              cast(sold_on + interval '1 day' as timestamp) as window_end,
              days.*
          from {audited_days} as days
          union all
          select
              'week' as grain,
              cast(date_trunc('week', sold_on) as timestamp) as window_start,
              cast(date_trunc('week', sold_on) + interval '7 days' as timestamp) as window_end,
              days.*
          from {audited_days} as days
          union all
          select
              'month' as grain,
              cast(date_trunc('month', sold_on) as timestamp) as window_start,
              cast(date_trunc('month', sold_on) + interval '1 month' as timestamp) as window_end,
              days.*
          from {audited_days} as days
      ),

      covered as (
          select *
          from windows
          where grain in ({grains}) and window_start >= {from} and window_end <= {to}
      ),

      members as (
          select 'total' as dimension, 'ALL' as member, covered.* from covered
          union all
          select 'make' as dimension, make as member, covered.* from covered
          union all
          select 'region' as dimension, region as member, covered.* from covered
      )

      select
          grain,
          window_start,
          dimension,
          member,
          sum(units_sold) as units_sold,
          sum(units_cancelled) as units_cancelled,
          sum(units_returned) as units_returned,
          sum(revenue) as revenue
      from members
      group by grain, window_start, dimension, member
      """;

  private static final String WINDOWS =
      """
      create temporary table {audited_windows} as
      select
          grain,
          window_start,
          window_end,
          dimension,
          case when dimension in ('total', 'make', 'region') then kpis.member end as member,
          count(*) - count(kpis.member) as cells_without_member,
          sum(units_sold) as units_sold,
          sum(units_cancelled) as units_cancelled,
          sum(units_returned) as units_returned,
          sum(revenue) as revenue
      from {sales_kpi} as kpis
      group by 1, 2, 3, 4, 5
      """;

  private final Session session;

  private AuditTables(Session session) {
    this.session = session;
  }

  /** Makes the tables from staging. */
  static AuditTables make(Session session) throws SQLException {
    AuditTables tables = new AuditTables(session);
    tables.drop();
    for (String statement : List.of(VERSIONS, REPEATED_SALES, DAYS, RECOMPUTED, WINDOWS)) {
      session.execute(statement);
    }
    return tables;
  }

  /** Returns the session that sees the tables. */
  Session session() {
    return session;
  }

  private void drop() throws SQLException {
    for (String name : NAMES) {
      session.execute("drop table if exists {" + name + "}");
    }
  }

  /**
   * Drops the tables, unless a transaction is open that could not be undone: in Snowflake a DROP
   * would commit it. What is not dropped ends with its session.
   */
  @Override
  public void close() {
    try {
      if (session.connection().getAutoCommit()) {
        drop();
      }
    } catch (SQLException e) {
      // What was published is published.
    }
  }
}
