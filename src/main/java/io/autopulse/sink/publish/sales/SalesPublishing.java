package io.autopulse.sink.publish.sales;

import io.autopulse.domain.feed.Feed;
import io.autopulse.domain.kpi.Grain;
import io.autopulse.sink.publish.Audit;
import io.autopulse.sink.publish.Publishing;
import io.autopulse.sink.staging.StagingNames;
import io.autopulse.warehouse.Session;
import io.autopulse.warehouse.SqlNames;
import io.autopulse.warehouse.StatementListener;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Publishes sales, their versions, reference data and KPIs. */
final class SalesPublishing implements Publishing {
  private final AuditTables tables;
  private final SalesPublication request;

  private SalesPublishing(AuditTables tables, SalesPublication request) {
    this.tables = tables;
    this.request = request;
  }

  /** Makes the tables that the audits share. */
  static SalesPublishing open(Session session, SalesPublication request) throws SQLException {
    return new SalesPublishing(AuditTables.make(session), request);
  }

  /** Returns the names of the staging relations, the audits' tables and the covered dates. */
  static Map<String, String> names(SalesPublication request) {
    StagingNames staging = request.names();
    Map<String, String> names = new HashMap<>();
    for (String table : List.of("sale_versions", "sales_kpi")) {
      names.put(table, staging.relation(table));
    }
    for (Feed feed : request.referenceFeeds()) {
      names.put(feed.toString(), staging.relation(feed.toString()));
    }
    for (String table : AuditTables.NAMES) {
      names.put(table, staging.audit(table));
    }
    List<String> grains = request.grains().stream().sorted().map(Grain::toString).toList();
    names.put("grains", grains.stream().map(SqlNames::literal).collect(Collectors.joining(", ")));
    names.put("grain_list", "'" + String.join(", ", grains) + "'");
    names.put("from", SqlNames.literal(request.covered().from()));
    names.put("to", SqlNames.literal(request.covered().to()));
    return names;
  }

  @Override
  public List<Audit> audits() {
    return SalesAudits.of(request);
  }

  @Override
  public long replace(StatementListener listener) throws SQLException {
    return new CoreTables(tables.session(), listener).replace(request);
  }

  @Override
  public void close() {
    tables.close();
  }
}
