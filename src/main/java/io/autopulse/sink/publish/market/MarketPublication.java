package io.autopulse.sink.publish.market;

import io.autopulse.domain.feed.Feed;
import io.autopulse.domain.market.MarketTable;
import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.sink.publish.Audit;
import io.autopulse.sink.publish.AuditLimits;
import io.autopulse.sink.publish.MarketShare;
import io.autopulse.sink.publish.Publication;
import io.autopulse.sink.staging.StagingNames;
import io.autopulse.warehouse.Session;
import io.autopulse.warehouse.SqlNames;
import io.autopulse.warehouse.StatementListener;
import io.autopulse.warehouse.runs.RunId;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a run of the market data job has staged and wants published: vintages of all market tables.
 *
 * @param runId the run, as in {@link StagingNames}
 * @param job the manifest's job
 * @param timezone of business dates
 * @param limits how much may be wrong
 * @param startedAt when the run started
 * @param runner the runner's name
 * @param version Autopulse's version
 * @param staging where the staged files are, for the message of a failed audit
 * @param sources the feeds of the job, and where each is read from, for messages
 * @param replays whether rejected records of another run were read beside the feeds
 */
public record MarketPublication(
    String runId,
    String job,
    ZoneId timezone,
    AuditLimits limits,
    Instant startedAt,
    String runner,
    String version,
    String staging,
    Map<Feed, String> sources,
    boolean replays)
    implements Publication {
  /** Checks the run id. */
  public MarketPublication {
    RunId.check(runId);
    sources = Map.copyOf(sources);
  }

  /** Returns every date: figures are merged by their keys. */
  @Override
  public BusinessInterval requested() {
    return BusinessInterval.ALL;
  }

  @Override
  public Map<String, String> feeds() {
    return sources.entrySet().stream()
        .collect(Collectors.toMap(source -> source.getKey().toString(), Map.Entry::getValue));
  }

  /** Returns the business date on which the run started. */
  LocalDate today() {
    return LocalDate.ofInstant(startedAt, timezone);
  }

  @Override
  public Map<String, String> relations() {
    Map<String, String> names = new HashMap<>();
    for (MarketTable table : MarketTable.values()) {
      names.put(table.toString(), names().relation(table.toString()));
    }
    names.put("today", SqlNames.literal(today()));
    names.put("started", SqlNames.literal(startedAt));
    return names;
  }

  @Override
  public List<Audit> audits() {
    return MarketAudits.of(this);
  }

  @Override
  public long replace(Session session, StatementListener listener) throws SQLException {
    new MarketMerge(session, timezone, listener).merge();
    MarketShare.ofStagedRegistrations(session, listener);
    return 0;
  }
}
