package io.autopulse.report.dashboard;

import io.autopulse.domain.compare.DayHours;
import io.autopulse.domain.compare.DayUnits;
import io.autopulse.warehouse.Session;
import io.autopulse.warehouse.SqlFile;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The units of single days by the hour. */
public final class HourlySales {
  private HourlySales() {}

  /**
   * Reads some days; those without a sale are absent: whether nothing was sold or nothing is known
   * of them cannot be told.
   *
   * @param days at least one
   * @param zone whose clocks tell the hours
   */
  public static NavigableMap<LocalDate, DayUnits> of(
      Connection connection, List<LocalDate> days, ZoneId zone, SalesFilter filter)
      throws SQLException {
    record Minute(LocalDate day, Instant at, long units) {}
    List<Object> values = new ArrayList<>(days);
    values.addAll(filter.values());
    List<Minute> minutes =
        Session.ofCore(connection)
            .query(
                SqlFile.read(
                    HourlySales.class,
                    "minute-sales",
                    Map.of(
                        "days",
                        String.join(", ", Collections.nCopies(days.size(), "?")),
                        "filter",
                        filter.condition())),
                values,
                row ->
                    new Minute(
                        row.getObject(1, LocalDate.class),
                        row.getObject(2, LocalDateTime.class).toInstant(ZoneOffset.UTC),
                        row.getLong(3)));
    NavigableMap<LocalDate, DayUnits> read = new TreeMap<>();
    for (LocalDate day : days) {
      DayHours hours = new DayHours(day, zone);
      Long[] units = new Long[hours.count()];
      Arrays.fill(units, 0L);
      long untimed = 0;
      for (Minute minute : minutes) {
        if (!minute.day.equals(day)) {
          continue;
        }
        if (minute.at.equals(hours.start())) {
          untimed += minute.units;
        } else {
          units[hours.of(minute.at)] += minute.units;
        }
      }
      DayUnits all = new DayUnits(hours, List.of(units), untimed);
      if (all.total() > 0) {
        read.put(day, all);
      }
    }
    return Collections.unmodifiableNavigableMap(read);
  }
}
