package io.autopulse.report.dashboard;

import io.autopulse.domain.kpi.Dimension.Attribute;
import io.autopulse.warehouse.Session;
import io.autopulse.warehouse.SqlFile;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/** The units that are to be sold in each month. */
public final class MonthTarget {
  /** What targets of dealers tell apart. */
  private static final Set<Attribute> TOLD = EnumSet.of(Attribute.REGION, Attribute.DEALER);

  private MonthTarget() {}

  /**
   * Reads the targets by the first day of their month. There is none for a filter by what targets
   * do not tell apart.
   *
   * @param from the first day of the first month
   * @param to the day after the last month
   */
  public static NavigableMap<LocalDate, Long> of(
      Connection connection, LocalDate from, LocalDate to, SalesFilter filter) throws SQLException {
    NavigableMap<LocalDate, Long> targets = new TreeMap<>();
    if (!TOLD.containsAll(filter.members().keySet())) {
      return Collections.unmodifiableNavigableMap(targets);
    }
    List<Object> values = new ArrayList<>(List.of(from, to));
    values.addAll(filter.values());
    Session.ofCore(connection)
        .query(
            SqlFile.read(
                MonthTarget.class,
                filter.members().isEmpty() ? "month-targets" : "dealer-targets",
                filter.members().isEmpty() ? Map.of() : Map.of("filter", filter.condition())),
            values,
            row -> targets.put(row.getObject(1, LocalDate.class), row.getLong(2)));
    return Collections.unmodifiableNavigableMap(targets);
  }
}
