package io.autopulse.warehouse.serving;

import io.autopulse.domain.kpi.Dimension.Attribute;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a live job's today: small, whole and unchangeable.
 *
 * @param job the live job
 * @param runId its run
 * @param zone of its business dates
 * @param day today, by the clock of who has written it
 * @param currency of prices; empty if no sale is known
 * @param origin who has written it
 * @param writtenAt when it was read from the warehouse
 * @param newestEvent the latest change of a sale that is loaded; empty if there is none
 * @param newestPane when the last pane was loaded, or computed if a dashboard has read it; empty if
 *     there is none
 * @param cells the day's sales, added up by hour and members
 */
public record LivePublication(
    String job,
    String runId,
    ZoneId zone,
    LocalDate day,
    String currency,
    Origin origin,
    Instant writtenAt,
    Optional<Instant> newestEvent,
    Optional<Instant> newestPane,
    List<Cell> cells) {
  /** The hour of sales at the day's first moment: their source knows dates only. */
  public static final int UNTIMED = -1;

  /** Copies the cells. */
  public LivePublication {
    cells = List.copyOf(cells);
  }

  /** Who has written a publication, and what that says of the job. */
  public enum Origin {
    /** The job's loader: as long as it works, it writes every ten seconds. */
    LOADER,
    /** A dashboard, which has read in the warehouse that the run is at work. */
    READ_AT_WORK,
    /** A dashboard, which has read in the warehouse that the run has ended. */
    READ_ENDED;

    /** Tells whether a dashboard has read it from the warehouse. */
    public boolean isRead() {
      return this != LOADER;
    }
  }

  /** Returns the same of a later moment. */
  LivePublication at(Instant later) {
    return new LivePublication(
        job, runId, zone, day, currency, origin, later, newestEvent, newestPane, cells);
  }

  /**
   * Sales of one hour that have the same members.
   *
   * @param hour hours since the day began, or {@link #UNTIMED}
   * @param make of the vehicles
   * @param model make and model, as KPIs name it
   * @param segment of the vehicles
   * @param powertrain of the vehicles
   * @param region of the sales
   * @param dealer the dealer's id
   * @param sold units sold
   * @param revenue of the units sold
   * @param net prices of the units sold that have a list price above zero
   * @param list their list prices
   * @param cancelled units cancelled
   * @param returned units returned
   */
  public record Cell(
      int hour,
      String make,
      String model,
      String segment,
      String powertrain,
      String region,
      String dealer,
      long sold,
      BigDecimal revenue,
      BigDecimal net,
      BigDecimal list,
      long cancelled,
      long returned) {
    /** Returns the cell's member of an attribute. */
    public String member(Attribute attribute) {
      return switch (attribute) {
        case MAKE -> make;
        case MODEL -> model;
        case SEGMENT -> segment;
        case POWERTRAIN -> powertrain;
        case REGION -> region;
        case DEALER -> dealer;
      };
    }
  }
}
