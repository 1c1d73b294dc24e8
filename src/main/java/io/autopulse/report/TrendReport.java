package io.autopulse.report;

import io.autopulse.domain.problem.InputException;
import io.autopulse.domain.problem.NearestName;
import io.autopulse.warehouse.Session;
import io.autopulse.warehouse.SqlFile;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Risers and fallers of {@code trend_movers}.
 *
 * @param weeks so many weeks are compared with as many before
 * @param closedWeeks how many weeks have trend features
 * @param lastWeek the Monday of the last of them; empty if there is none
 * @param lastSale the Monday of the last week that sold anything; empty if none did
 * @param dimensions which dimensions are shown, in this order
 * @param movers by dimension in the order of their names, each from the largest rise to the largest
 *     fall
 */
public record TrendReport(
    int weeks,
    long closedWeeks,
    Optional<LocalDate> lastWeek,
    Optional<LocalDate> lastSale,
    List<String> dimensions,
    List<Mover> movers) {
  private static final List<String> USUAL = List.of("model", "powertrain", "region");

  /**
   * A member whose units changed.
   *
   * @param dimension of the member
   * @param member the member
   * @param lastWeek the Monday of the last week compared
   * @param weeks how many weeks are compared with as many before
   * @param unitsNow units of these weeks
   * @param unitsBefore units of the weeks before
   * @param unitsChange the difference of the two
   * @param relativeChange the difference as a fraction; null if there were no units before
   * @param shareNow fraction of all units; null if there were none
   * @param shareBefore the same of the weeks before
   * @param shareChange the difference of the two
   * @param dispersion of the member's weeks, 1 for Poisson counts; null of a member without noise
   * @param z the change in standard errors; null if there are too few weeks
   * @param pValue adjusted for the members of the dimension; null if there are too few weeks
   * @param largerThanNoise whether the change is more than usual noise; null if there are too few
   *     weeks
   */
  public record Mover(
      String dimension,
      String member,
      LocalDate lastWeek,
      long weeks,
      long unitsNow,
      long unitsBefore,
      long unitsChange,
      @Nullable BigDecimal relativeChange,
      @Nullable BigDecimal shareNow,
      @Nullable BigDecimal shareBefore,
      @Nullable BigDecimal shareChange,
      @Nullable BigDecimal dispersion,
      @Nullable BigDecimal z,
      @Nullable BigDecimal pValue,
      @Nullable Boolean largerThanNoise) {}

  /** Copies the lists. */
  public TrendReport {
    dimensions = List.copyOf(dimensions);
    movers = List.copyOf(movers);
  }

  /**
   * Reads the report.
   *
   * @param weeks 4 or 13
   * @param top how many risers and how many fallers of each dimension
   * @param asked the dimensions to show; if none, the usual ones, or else all that the trend job
   *     has published
   * @throws InputException if the trend job has published others and not one that is asked for
   */
  public static TrendReport of(Connection connection, int weeks, int top, List<String> asked)
      throws SQLException {
    Session session = Session.ofCore(connection);
    List<String> dimensions =
        shown(
            asked,
            session.query(
                SqlFile.read(TrendReport.class, "trend-dimensions"), row -> row.getString(1)));
    List<Mover> movers = movers(session, weeks, top, dimensions);
    return session
        .query(
            SqlFile.read(TrendReport.class, "trend-weeks"),
            row ->
                new TrendReport(
                    weeks,
                    row.getLong(1),
                    Optional.ofNullable(row.getObject(2, LocalDate.class)),
                    Optional.ofNullable(row.getObject(3, LocalDate.class)),
                    dimensions,
                    movers))
        .get(0);
  }

  private static List<String> shown(List<String> asked, List<String> known) {
    if (asked.isEmpty()) {
      return known.isEmpty() || known.containsAll(USUAL) ? USUAL : known;
    }
    for (String dimension : asked) {
      if (!known.isEmpty() && !known.contains(dimension)) {
        throw new InputException(
            "--by",
            "the trends know no dimension \"" + dimension + "\"",
            NearestName.hint(dimension, known));
      }
    }
    return asked.stream().distinct().toList();
  }

  private static List<Mover> movers(Session session, int weeks, int top, List<String> dimensions)
      throws SQLException {
    List<Object> values = new ArrayList<>();
    values.add(weeks);
    values.addAll(dimensions);
    values.add(top);
    return session.query(
        SqlFile.read(
            TrendReport.class,
            "trend-movers",
            Map.of("dimensions", String.join(", ", Collections.nCopies(dimensions.size(), "?")))),
        values,
        row -> {
          boolean larger = row.getBoolean(15);
          @Nullable Boolean largerThanNoise = row.wasNull() ? null : larger;
          return new Mover(
              row.getString(1),
              row.getString(2),
              row.getObject(3, LocalDate.class),
              row.getLong(4),
              row.getLong(5),
              row.getLong(6),
              row.getLong(7),
              row.getBigDecimal(8),
              row.getBigDecimal(9),
              row.getBigDecimal(10),
              row.getBigDecimal(11),
              row.getBigDecimal(12),
              row.getBigDecimal(13),
              row.getBigDecimal(14),
              largerThanNoise);
        });
  }
}
