package io.autopulse.report.dashboard;

import io.autopulse.domain.compare.UnitChange;
import io.autopulse.domain.kpi.Dimension.Attribute;
import io.autopulse.domain.kpi.Grain;
import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.warehouse.Session;
import io.autopulse.warehouse.SqlFile;
import io.autopulse.warehouse.SqlNames;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What happened to sales, or to what is known of them. */
public sealed interface SalesEvent {
  /** The most restatements of a chart. */
  int MOST_RESTATEMENTS = 8;

  /** Returns the date that it is about. */
  LocalDate on();

  /**
   * A model is launched or discontinued.
   *
   * @param model make and model
   * @param on when
   * @param launched whether it is launched
   */
  record ModelLife(String model, LocalDate on, boolean launched) implements SalesEvent {}

  /**
   * A run of a job of sales that published nothing, or that computed days of the past alone.
   *
   * @param runId its id
   * @param job whose it is
   * @param status how it ended
   * @param on when it started, UTC
   * @param days that it computed; empty if that is not known
   */
  record Run(String runId, String job, String status, LocalDate on, Optional<BusinessInterval> days)
      implements SalesEvent {}

  /**
   * Units that changed after their days were over.
   *
   * @param change how
   */
  record Restated(UnitChange change) implements SalesEvent {
    @Override
    public LocalDate on() {
      return change.days().from();
    }
  }

  /** Reads the launches and ends of models that a filter is about. */
  static List<ModelLife> models(Connection connection, BusinessInterval days, SalesFilter filter)
      throws SQLException {
    // A model is launched in all regions and at all dealers.
    Map<Attribute, List<String>> members = new EnumMap<>(Attribute.class);
    members.putAll(filter.members());
    members.remove(Attribute.REGION);
    members.remove(Attribute.DEALER);
    SalesFilter models = new SalesFilter(members);
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      values.addAll(List.of(days.from(), days.to()));
      values.addAll(models.values());
    }
    return Session.ofCore(connection)
        .query(
            sql("model-lives", Map.of("filter", models.condition())),
            values,
            row ->
                new ModelLife(
                    row.getString(1), row.getObject(2, LocalDate.class), row.getBoolean(3)));
  }

  /** Reads the runs of jobs of sales that are worth telling. */
  static List<Run> runs(Connection connection, BusinessInterval days) throws SQLException {
    return Session.ofCore(connection)
        .query(
            sql("unusual-runs", Map.of()),
            List.of(days.from(), days.to()),
            row ->
                new Run(
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getObject(4, LocalDate.class),
                    interval(
                        row.getObject(5, LocalDate.class), row.getObject(6, LocalDate.class))));
  }

  private static Optional<BusinessInterval> interval(
      @Nullable LocalDate from, @Nullable LocalDate to) {
    return from == null || to == null
        ? Optional.empty()
        : Optional.of(new BusinessInterval(from, to));
  }

  /**
   * Reads the restatements that are worth telling.
   *
   * @param days whole weeks, or whole months
   * @param grain which of the two is restated
   */
  static List<Restated> restatements(
      Connection connection, BusinessInterval days, Grain grain, SalesFilter filter)
      throws SQLException {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      values.addAll(List.of(days.from(), days.to()));
      values.addAll(filter.values());
    }
    List<UnitChange> changes =
        Session.ofCore(connection)
            .query(
                sql(
                    "unit-changes",
                    Map.of(
                        "grain", SqlNames.literal(grain.toString()), "filter", filter.condition())),
                values,
                row -> {
                  LocalDate start = row.getObject(1, LocalDate.class);
                  return new UnitChange(
                      new BusinessInterval(start, grain.windowEnd(start)),
                      row.getObject(2, LocalDate.class),
                      row.getLong(3));
                });
    return UnitChange.restatements(changes, MOST_RESTATEMENTS).stream().map(Restated::new).toList();
  }

  private static String sql(String name, Map<String, String> values) {
    return SqlFile.read(SalesEvent.class, name, values);
  }
}
