package io.autopulse.sink.staging;

import io.autopulse.domain.feed.RejectedRecord;
import io.autopulse.domain.feed.parse.ReferenceRecord;
import io.autopulse.domain.market.Figure;
import io.autopulse.domain.sale.BusinessClock;
import io.autopulse.domain.sale.Target;
import io.autopulse.domain.sale.block.SaleEnricher;
import io.autopulse.domain.sale.block.SaleLayout;
import io.autopulse.domain.trend.TrendFeatures;
import io.autopulse.warehouse.SqlNames;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.beam.sdk.values.KV;
import org.jspecify.annotations.Nullable;

/** The texts of small rows, in the order of the columns of their {@link StagedTable}. */
public final class StagedRows {
  private StagedRows() {}

  /** Returns the staged row of a vehicle. */
  public static List<@Nullable String> vehicleRow(ReferenceRecord vehicle) {
    List<String> values = vehicle.values();
    String price =
        vehicle.amount() == SaleLayout.NO_PRICE
            ? null
            : BigDecimal.valueOf(vehicle.amount(), 2).toPlainString();
    return Arrays.asList(
        vehicle.key(),
        values.get(1),
        values.get(2),
        known(values.get(3)),
        known(values.get(4)),
        price,
        given(values.get(5)),
        given(values.get(6)),
        given(values.get(7)));
  }

  private static @Nullable String given(String value) {
    return value.isEmpty() ? null : value;
  }

  /** Returns the staged row of a dealer. */
  public static List<@Nullable String> dealerRow(ReferenceRecord dealer) {
    List<String> values = dealer.values();
    return Arrays.asList(
        dealer.key(), values.get(1).isEmpty() ? null : values.get(1), known(values.get(2)));
  }

  /** Returns the staged row of a sales target. */
  public static List<@Nullable String> targetRow(Target target) {
    return Arrays.asList(
        target.month().toString(),
        target.dealerId(),
        target.make(),
        target.model(),
        String.valueOf(target.units()),
        target.revenue() == Target.NO_REVENUE
            ? null
            : BigDecimal.valueOf(target.revenue(), 2).toPlainString(),
        target.updatedAt() == 0
            ? null
            : SqlNames.time(BusinessClock.instantOf(target.updatedAt())));
  }

  private static String known(String value) {
    return value.isEmpty() ? SaleEnricher.UNKNOWN : value;
  }

  /** Returns the staged row of a vintage of a market figure. */
  public static List<@Nullable String> figureRow(Figure figure) {
    List<@Nullable String> row = new ArrayList<>(figure.key());
    row.add(figure.knownOn().toString());
    row.addAll(figure.values());
    row.add(String.valueOf(figure.dated()));
    row.add(String.valueOf(figure.records()));
    row.add(String.valueOf(figure.conflicts()));
    return row;
  }

  /**
   * Returns the row of a vintage that a live job knows: open until its business date is over.
   *
   * @param timezone of business dates
   */
  public static List<@Nullable String> liveFigureRow(Figure figure, ZoneId timezone) {
    List<@Nullable String> row = new ArrayList<>(figure.key());
    row.add(figure.knownOn().toString());
    row.add(SqlNames.time(figure.knownOn().plusDays(1).atStartOfDay(timezone).toInstant()));
    row.addAll(figure.values());
    row.add(String.valueOf(figure.revision()));
    return row;
  }

  /**
   * Returns the row of trend features that a live job computed.
   *
   * @param computed when, microseconds UTC, and what
   */
  public static List<@Nullable String> liveFeaturesRow(KV<Long, TrendFeatures> computed) {
    List<@Nullable String> row = new ArrayList<>(computed.getValue().texts());
    row.add(SqlNames.time(Instant.EPOCH.plus(computed.getKey(), ChronoUnit.MICROS)));
    return row;
  }

  /** Returns the staged row of a rejected record. */
  public static List<@Nullable String> rejectedRow(RejectedRecord rejected) {
    return Arrays.asList(
        rejected.feed(),
        rejected.origin(),
        rejected.rejection().code().name(),
        rejected.step(),
        rejected.rejection().field().isEmpty() ? null : rejected.rejection().field(),
        rejected.rejection().message(),
        rejected.raw(),
        rejected.format(),
        rejected.header().isEmpty() ? null : rejected.header());
  }

  /** Returns the staged row of a count. */
  public static List<@Nullable String> countRow(KV<String, Long> count) {
    return List.of(count.getKey(), String.valueOf(count.getValue()));
  }
}
