package io.autopulse.sink.staging;

import io.autopulse.domain.feed.Feed;
import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.warehouse.Session;
import io.autopulse.warehouse.SqlFile;
import io.autopulse.warehouse.SqlNames;
import io.autopulse.warehouse.Warehouse;
import io.autopulse.warehouse.WarehouseException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The relations of {@link StagingNames} over what a run staged, wherever that lies: views, one text
 * for every warehouse.
 */
public final class StagedRelations {
  private final StagingNames names;

  /** Names the relations of a run. */
  public StagedRelations(StagingNames names) {
    this.names = names;
  }

  /**
   * Makes the relations.
   *
   * @param create how a view is created, such as {@code create or replace view}
   * @param currency the reporting currency: the only one of accepted sales
   * @param tables what the run stages
   * @param files what may stand after {@code from} and gives the staged rows of a table
   */
  public void make(
      Connection connection,
      String create,
      String currency,
      Set<StagedTable> tables,
      Function<StagedTable, String> files) {
    StagedViews views = new StagedViews(currency);
    try (Statement statement = connection.createStatement()) {
      for (StagedTable table : tables) {
        for (Map.Entry<String, String> view : views.of(table, files.apply(table)).entrySet()) {
          statement.execute(
              create + " " + names.relation(view.getKey()) + " as\n" + view.getValue());
        }
      }
    } catch (SQLException e) {
      throw new WarehouseException("show the staging of run " + names.runId(), e);
    }
  }

  /** Returns the rejected records of each feed and code, most first: what the summary shows. */
  public List<RejectedCount> rejectedCounts(Connection connection) {
    return rejectedCounts(connection, names.relation("rejected_records"));
  }

  /** Returns the same of a replay, where a record that was read twice counts once. */
  public List<RejectedCount> replayedCounts(Connection connection) {
    return rejectedCounts(connection, ReplayedRecords.records(names) + " as records");
  }

  private List<RejectedCount> rejectedCounts(Connection connection, String records) {
    return query(
        connection,
        "select feed, code, count(*) from "
            + records
            + " group by feed, code order by 3 desc, 1, 2",
        row -> new RejectedCount(row.getString(1), row.getString(2), row.getLong(3)));
  }

  /**
   * Returns the names that the manifest's mappings do not know, those of most records first: what
   * the summary shows.
   */
  public List<UnmappedCount> unmappedNames(Connection connection) {
    return query(
        connection,
        "select feed, field, name, records from "
            + names.relation("unmapped_names")
            + " order by 4 desc, 1, 2, 3",
        row ->
            new UnmappedCount(
                row.getString(1), row.getString(2), row.getString(3), row.getLong(4)));
  }

  /**
   * Returns the dealers, makes and models of staged targets that no published sale and no reference
   * table has, those of most targets first: what the summary shows once the run has published.
   */
  public List<UnmappedCount> unknownTargets(Connection connection) {
    return query(
        connection,
        SqlFile.read(
            StagedRelations.class,
            "relations/unknown-targets",
            Map.of(
                "targets",
                names.relation(StagedTable.SALES_TARGETS.toString()),
                "core",
                Warehouse.SCHEMA)),
        row ->
            new UnmappedCount(
                Feed.TARGETS.toString(), row.getString(1), row.getString(2), row.getLong(3)));
  }

  /** Returns the keys that records of JSON lack, by feed. */
  public List<AbsentKey> absentKeys(Connection connection) {
    return query(
        connection,
        "select feed, name, records from "
            + names.relation("noted")
            + " where measure = 'ABSENT' order by 1, 2",
        row -> new AbsentKey(row.getString(1), row.getString(2), row.getLong(3)));
  }

  /** Returns the periods that a later extract spans and lacks, and what none can withdraw. */
  public List<Withdrawal> withdrawals(Connection connection) {
    return query(
        connection,
        "select feed, name, records from "
            + names.relation("noted")
            + " where measure <> 'ABSENT' order by 1, 2",
        row -> new Withdrawal(row.getString(1), row.getString(2), row.getLong(3)));
  }

  /**
   * How many registrations a later extract withdraws with their period, or none can withdraw.
   *
   * @param feed the feed
   * @param period first day, grain and region of the period; empty for records without a time of
   *     extraction
   * @param records how many
   */
  public record Withdrawal(String feed, String period, long records) {}

  /**
   * How many records of JSON have no value under a key, not even null.
   *
   * @param feed the feed
   * @param name the key
   * @param records how many
   */
  public record AbsentKey(String feed, String name, long records) {}

  /**
   * How many records have a name that no mapping, or no sale and reference data, knows.
   *
   * @param feed the feed
   * @param field the field
   * @param name the name, as a member name
   * @param records how many
   */
  public record UnmappedCount(String feed, String field, String name, long records) {}

  /**
   * How many records of a feed a rule rejected.
   *
   * @param feed the feed
   * @param code the rule's code
   * @param records how many
   */
  public record RejectedCount(String feed, String code, long records) {}

  /**
   * Returns the business dates of the current versions that the run does not cover; empty if there
   * are none.
   */
  public Optional<BusinessInterval> outOfRange(Connection connection) {
    return query(
            connection,
            "select min(sold_on), max(sold_on) from "
                + names.relation("sale_versions")
                + " where fate = 'OUT_OF_RANGE' having count(*) > 0",
            row ->
                new BusinessInterval(
                    row.getObject(1, LocalDate.class),
                    row.getObject(2, LocalDate.class).plusDays(1)))
        .stream()
        .findFirst();
  }

  /**
   * Returns, for each reference feed, the current sales whose id it does not know: what the summary
   * shows. They count under what they say themselves, or UNKNOWN.
   *
   * @param feeds the reference feeds that are staged
   */
  public List<UnknownIds> unknownIds(Connection connection, Set<Feed> feeds) {
    return feeds.stream()
        .filter(feed -> feed == Feed.DEALERS || feed == Feed.VEHICLES)
        .sorted()
        .flatMap(feed -> unknownIds(connection, feed).stream())
        .toList();
  }

  private Optional<UnknownIds> unknownIds(Connection connection, Feed feed) {
    List<Long> sales = new ArrayList<>();
    List<String> examples =
        query(
            connection,
            SqlFile.read(
                StagedRelations.class,
                "relations/unknown-ids",
                Map.of(
                    "key",
                    key(feed),
                    "sales",
                    names.relation("sale_versions"),
                    "feed",
                    names.relation(feed.toString()))),
            row -> {
              sales.add(row.getLong(2));
              return row.getString(1);
            });
    return examples.isEmpty()
        ? Optional.empty()
        : Optional.of(new UnknownIds(feed, sales.get(0), examples));
  }

  /**
   * Current sales of dealers or models that the reference feed does not have.
   *
   * @param feed dealers or vehicles
   * @param sales how many
   * @param examples up to three ids, those of most sales first
   */
  public record UnknownIds(Feed feed, long sales, List<String> examples) {
    /** Copies the list. */
    public UnknownIds {
      examples = List.copyOf(examples);
    }
  }

  /**
   * Returns the published sales of which the run rejected records: what the summary shows once it
   * has published.
   */
  public RejectedSales rejectedSales(Connection connection) {
    List<Long> sales = new ArrayList<>();
    List<String> examples =
        query(
            connection,
            RejectedSales.PUBLISHED
                .replace("{ids}", names.relation("rejected_sales"))
                .replace("{core}", Warehouse.SCHEMA),
            row -> {
              sales.add(row.getLong(2));
              return row.getString(1);
            });
    return examples.isEmpty() ? RejectedSales.NONE : new RejectedSales(sales.get(0), examples);
  }

  private <T> List<T> query(Connection connection, String sql, Session.RowReader<T> reader) {
    try {
      return new Session(connection, Map.of()).query(sql, reader);
    } catch (SQLException e) {
      throw new WarehouseException("read the staging of run " + names.runId(), e);
    }
  }

  /** Returns the key of a reference feed's table: its first field. */
  public static String key(Feed feed) {
    return SqlNames.identifier(feed.fields().get(0).name());
  }
}
