package io.autopulse.report.dashboard;

import io.autopulse.domain.compare.DayHours;
import io.autopulse.domain.compare.DayUnits;
import io.autopulse.domain.kpi.Dimension.Attribute;
import io.autopulse.warehouse.serving.LivePublication;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a live job knows of its day, of the sales that a filter lets pass.
 *
 * @param publication what the job has published
 * @param filter which sales count
 */
public record LiveSales(LivePublication publication, SalesFilter filter) {
  private Stream<LivePublication.Cell> cells() {
    return publication.cells().stream()
        .filter(
            cell ->
                filter.members().entrySet().stream()
                    .allMatch(
                        allowed -> allowed.getValue().contains(cell.member(allowed.getKey()))));
  }

  private static SalesSums sums(LivePublication.Cell cell) {
    return new SalesSums(
        cell.sold(), cell.revenue(), cell.net(), cell.list(), cell.cancelled(), cell.returned());
  }

  /** Returns the sums of the day. */
  public SalesSums sums() {
    return cells().map(LiveSales::sums).reduce(SalesSums.NONE, SalesSums::plus);
  }

  /** Returns the sums of each member of an attribute. */
  public Map<String, SalesSums> members(Attribute attribute) {
    Map<String, SalesSums> members = new TreeMap<>();
    cells().forEach(cell -> members.merge(cell.member(attribute), sums(cell), SalesSums::plus));
    return members;
  }

  /** Returns the day's hours. */
  public DayHours hours() {
    return new DayHours(publication.day(), publication.zone());
  }

  /** Returns the units of each hour. */
  public DayUnits units() {
    DayHours hours = hours();
    Long[] units = new Long[hours.count()];
    Arrays.fill(units, 0L);
    long untimed = 0;
    for (LivePublication.Cell cell : cells().toList()) {
      if (cell.hour() == LivePublication.UNTIMED) {
        untimed += cell.sold();
      } else {
        // A source's own date may be another than that of its moment.
        units[Math.max(0, Math.min(units.length - 1, cell.hour()))] += cell.sold();
      }
    }
    return new DayUnits(hours, List.of(units), untimed);
  }
}
