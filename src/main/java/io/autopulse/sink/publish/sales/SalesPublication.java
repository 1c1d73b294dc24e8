package io.autopulse.sink.publish.sales;

import io.autopulse.domain.feed.Feed;
import io.autopulse.domain.kpi.Grain;
import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.sink.publish.Audit;
import io.autopulse.sink.publish.AuditLimits;
import io.autopulse.sink.publish.AuditTable;
import io.autopulse.sink.publish.Publication;
import io.autopulse.sink.staging.StagedTable;
import io.autopulse.sink.staging.StagingNames;
import io.autopulse.warehouse.Session;
import io.autopulse.warehouse.SqlNames;
import io.autopulse.warehouse.StatementListener;
import io.autopulse.warehouse.runs.RunId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a refresh has staged and wants published.
 *
 * @param runId the run, as in {@link StagingNames}
 * @param job the manifest's job
 * @param requested the business dates asked for
 * @param covered the business dates replaced: the requested ones, aligned outward to whole weeks
 *     and months
 * @param grains the grains of the staged KPIs; none of the others is touched
 * @param referenceFeeds which of {@link Feed#VEHICLES} and {@link Feed#DEALERS} are staged
 * @param readBack which of these were read from the core tables themselves: they are audited, and
 *     not published again
 * @param limits how much may be wrong
 * @param startedAt when the run started
 * @param runner the runner's name
 * @param version Autopulse's version
 * @param staging where the staged files are, for the message of a failed audit
 * @param sources where each feed is read from, for messages; a feed may be missing
 * @param replays whether rejected records of another run were read beside the feeds
 * @param hasTargets whether sales targets are staged
 */
public record SalesPublication(
    String runId,
    String job,
    BusinessInterval requested,
    BusinessInterval covered,
    Set<Grain> grains,
    Set<Feed> referenceFeeds,
    Set<Feed> readBack,
    AuditLimits limits,
    Instant startedAt,
    String runner,
    String version,
    String staging,
    Map<Feed, String> sources,
    boolean replays,
    boolean hasTargets)
    implements Publication {
  /**
   * Checks the run id, that the covered dates hold the requested ones, and that something is to be
   * replaced.
   */
  public SalesPublication {
    RunId.check(runId);
    if (grains.isEmpty()) {
      throw new IllegalArgumentException("a run publishes at least one grain");
    }
    if (covered.from().isAfter(requested.from()) || covered.to().isBefore(requested.to())) {
      throw new IllegalArgumentException(
          "the covered dates " + covered + " do not hold the requested " + requested);
    }
    if (referenceFeeds.contains(Feed.SALES) || referenceFeeds.contains(Feed.TARGETS)) {
      throw new IllegalArgumentException("sales and targets are no reference feeds");
    }
    if (!referenceFeeds.containsAll(readBack)) {
      throw new IllegalArgumentException("what is read back is a reference feed");
    }
    grains = Set.copyOf(EnumSet.copyOf(grains));
    referenceFeeds = Set.copyOf(referenceFeeds);
    readBack = Set.copyOf(readBack);
    sources = Map.copyOf(sources);
  }

  /** Tells whether a feed was read from the core tables themselves. */
  @Override
  public boolean readsBack(String feed) {
    return readBack.stream().anyMatch(f -> f.toString().equals(feed));
  }

  /** Returns sales, targets and the reference feeds that are not read back. */
  @Override
  public Map<String, String> feeds() {
    return Stream.concat(
            hasTargets ? Stream.of(Feed.SALES, Feed.TARGETS) : Stream.of(Feed.SALES),
            referenceFeeds.stream().filter(f -> !readBack.contains(f)))
        .collect(Collectors.toMap(Feed::toString, f -> sources.getOrDefault(f, "")));
  }

  @Override
  public Optional<Replaced> replaces() {
    return Optional.of(new Replaced("sales_kpi", covered));
  }

  /** Tells whether every date is replaced. */
  boolean coversEverything() {
    return covered.equals(BusinessInterval.ALL);
  }

  @Override
  public Map<String, String> relations() {
    StagingNames staging = names();
    Map<String, String> names = new HashMap<>();
    for (String table : List.of("sale_versions", "sales_kpi")) {
      names.put(table, staging.relation(table));
    }
    for (Feed feed : referenceFeeds) {
      names.put(feed.toString(), staging.relation(feed.toString()));
    }
    if (hasTargets) {
      names.put("targets", staging.relation(StagedTable.SALES_TARGETS.toString()));
    }
    List<String> sorted = grains.stream().sorted().map(Grain::toString).toList();
    names.put("grains", sorted.stream().map(SqlNames::literal).collect(Collectors.joining(", ")));
    names.put("grain_list", "'" + String.join(", ", sorted) + "'");
    names.put("from", SqlNames.literal(covered.from()));
    names.put("to", SqlNames.literal(covered.to()));
    return names;
  }

  @Override
  public List<AuditTable> auditTables() {
    return SalesAudits.TABLES;
  }

  @Override
  public List<Audit> audits() {
    return SalesAudits.of(this);
  }

  @Override
  public long replace(Session session, StatementListener listener) throws SQLException {
    return new CoreTables(session, listener).replace(this);
  }
}
