package io.autopulse.source.jdbc;

import java.util.ArrayList;
import java.util.List;

/**
 * Conditions that divide the rows of a query by a whole-number column. Together they hold for every
 * row: the first has no lower end and the last no upper one, and takes the rows without a number.
 */
final class JdbcRanges {
  private JdbcRanges() {}

  /**
   * Returns the conditions.
   *
   * @param column a plain identifier
   * @param least the least number of any row
   * @param greatest the greatest number of any row
   * @param count how many ranges there are at most, at least 1
   */
  static List<String> of(String column, long least, long greatest, int count) {
    List<Long> starts = new ArrayList<>();
    // Half of each: the distance of two numbers may be more than a number can be.
    double step = (greatest / 2.0 - least / 2.0) / count * 2;
    for (int i = 1; i < count; i++) {
      long start = (long) (least + i * step);
      if (start > least && start <= greatest && !starts.contains(start)) {
        starts.add(start);
      }
    }
    List<String> ranges = new ArrayList<>();
    for (int i = 0; i <= starts.size(); i++) {
      String from = i == 0 ? "" : column + " >= " + starts.get(i - 1);
      String to = i == starts.size() ? "" : column + " < " + starts.get(i);
      if (i == starts.size()) {
        ranges.add(from.isEmpty() ? "1 = 1" : from + " or " + column + " is null");
      } else {
        ranges.add(from.isEmpty() ? to : from + " and " + to);
      }
    }
    return ranges;
  }
}
