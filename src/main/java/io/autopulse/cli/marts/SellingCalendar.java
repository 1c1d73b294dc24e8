package io.autopulse.cli.marts;

import io.autopulse.domain.calendar.Holidays;
import io.autopulse.domain.calendar.SellingDays;
import io.autopulse.domain.calendar.Step;
import io.autopulse.transform.calendar.CountryHolidays;
import io.autopulse.warehouse.Session;
import io.autopulse.warehouse.SqlFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The days that the marts have, and how much of a selling day each is: what SQL cannot compute.
 *
 * @param holidays the public holidays of the country
 * @param first the first day, a 1 January
 * @param last the last day, a 31 December
 */
record SellingCalendar(Holidays holidays, LocalDate first, LocalDate last) {
  /**
   * Returns the calendar of what a warehouse holds: from the year of its first date to the year
   * after the last one, or after today.
   *
   * @param session reads the core tables
   * @param country whose holidays are no selling days, as {@link CountryHolidays#of}; empty for
   *     none
   * @param today the date
   * @throws io.autopulse.domain.problem.InputException if the country is not known
   */
  static SellingCalendar of(Session session, Optional<String> country, LocalDate today)
      throws SQLException {
    return session
        .query(
            SqlFile.read(SellingCalendar.class, "dated-from"),
            row -> of(holidays(country), row.getDate(1), row.getDate(2), today))
        .get(0);
  }

  private static Holidays holidays(Optional<String> country) {
    return country.<Holidays>map(CountryHolidays::of).orElse(Holidays.NONE);
  }

  private static SellingCalendar of(
      Holidays holidays, @Nullable Date first, @Nullable Date last, LocalDate today) {
    LocalDate from =
        first == null || first.toLocalDate().isAfter(today) ? today : first.toLocalDate();
    LocalDate to = last == null || last.toLocalDate().isBefore(today) ? today : last.toLocalDate();
    return new SellingCalendar(
        holidays,
        // An ISO week belongs to the year of its Thursday: a few days of the year before.
        LocalDate.of(from.getYear() - 1, 1, 1),
        LocalDate.of(to.getYear() + 1, 12, 31));
  }

  /** Writes the days as dbt reads them. */
  void write(Path file) {
    SellingDays days = SellingDays.of(holidays);
    try (Writer out = Files.newBufferedWriter(file)) {
      out.write("date_day,selling_days,is_holiday\n");
      for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
        out.write(
            String.format(
                Locale.ROOT,
                "%s,%.6f,%b\n",
                day,
                days.of(day, Step.DAY),
                holidays.of(day.getYear()).contains(day)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
