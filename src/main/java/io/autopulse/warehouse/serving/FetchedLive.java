package io.autopulse.warehouse.serving;

import io.autopulse.domain.problem.InputException;
import io.autopulse.warehouse.Session;
import io.autopulse.warehouse.SqlFile;
import io.autopulse.warehouse.Warehouse;
import io.autopulse.warehouse.WarehouseException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Publishes today's sales from a warehouse that pipes fill, such as one in Snowflake: there a live
 * job has no loader that could. Each look reads what is loaded, which is little, and the day's
 * sales only if that is something else than at the look before.
 */
public final class FetchedLive {
  /** How often to look while somebody wants to see it: the warehouse costs while it runs. */
  public static final Duration PERIOD = Duration.ofSeconds(15);

  private final Warehouse warehouse;
  private final LiveFile file;
  private final ZoneId zone;
  private final Clock clock;

  private @Nullable Look seen;
  private @Nullable LivePublication published;
  private Optional<Instant> newestPane = Optional.empty();
  private String currency = "";

  /**
   * Makes the publisher of a warehouse.
   *
   * @param warehouse only read, with the rights of its session's role
   * @param folder where publications go; it exists
   * @param zone of business dates
   * @param clock tells what today is
   */
  public FetchedLive(Warehouse warehouse, ServingFolder folder, ZoneId zone, Clock clock) {
    this.warehouse = warehouse;
    this.file = LiveFile.of(folder);
    this.zone = zone;
    this.clock = clock;
  }

  /** A live run of sales. */
  private record Run(String runId, String job, boolean isAtWork) {}

  /**
   * All that the figures of a day depend on. A run that publishes may change sales and leave their
   * number as it was.
   */
  private record Look(Run run, LiveDay day, LoadedSales loaded, Optional<String> lastPublished) {}

  /**
   * Looks once, and publishes what is known of today; nothing if no live job of sales has ever run.
   * One that throws leaves the last publication.
   *
   * @throws InputException if a relation may not be read
   * @throws WarehouseException if the warehouse cannot be asked
   */
  public void look() throws IOException {
    try (Connection connection = warehouse.connect()) {
      Session session = Session.ofCore(connection);
      Optional<Run> run = run(session);
      if (run.isEmpty()) {
        return;
      }
      Instant now = clock.instant();
      // Before the sales are read: what comes meanwhile is seen by the next look.
      Look look =
          new Look(
              run.get(),
              LiveDay.of(now, zone),
              LoadedSales.read(session),
              ServingFolder.lastPublished(connection));
      LivePublication publication =
          published != null && look.equals(seen) ? published.at(now) : read(session, look, now);
      file.write(publication);
      published = publication;
      seen = look;
    } catch (SQLException e) {
      throw UnreadableWarehouse.problem(warehouse, "read what is live", e);
    }
  }

  private static Optional<Run> run(Session session) throws SQLException {
    return session
        .query(
            SqlFile.read(FetchedLive.class, "live-run"),
            row -> new Run(row.getString(1), row.getString(2), row.getBoolean(3)))
        .stream()
        .findFirst();
  }

  private LivePublication read(Session session, Look look, Instant now) throws SQLException {
    // A refresh deletes the panes that it takes over.
    newestPane = LoadedSales.later(newestPane, look.loaded().newestPane());
    if (currency.isEmpty()) {
      // A warehouse has one currency, and to ask for it is to read every sale.
      currency = currency(session);
    }
    return new LivePublication(
        look.run().job(),
        look.run().runId(),
        zone,
        look.day().day(),
        currency,
        look.run().isAtWork()
            ? LivePublication.Origin.READ_AT_WORK
            : LivePublication.Origin.READ_ENDED,
        now,
        look.loaded().newestEvent(),
        newestPane,
        look.day().cells(session, LiveDay.VERSIONS_OF_PIPES));
  }

  private static String currency(Session session) throws SQLException {
    return session
        .query(
            SqlFile.read(FetchedLive.class, "live-currency"),
            row -> Optional.ofNullable(row.getString(1)))
        .get(0)
        .orElse("");
  }
}
