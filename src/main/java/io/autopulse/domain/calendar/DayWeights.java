package io.autopulse.domain.calendar;

import java.time.DayOfWeek;

/**
 * How much of a selling day each kind of day is. Monday to Friday count 1; the others are given
 * beside them. A public holiday counts 0, whatever its weekday.
 *
 * @param saturday the weight of a Saturday, 0 to 5
 * @param sunday the weight of a Sunday, 0 to 5
 * @param bridge the weight of a bridge day: a Friday after a holiday on Thursday, or a Monday
 *     before one on Tuesday; 0 to 1, and 1 for a day like the others
 */
public record DayWeights(double saturday, double sunday, double bridge) {
  private static final double MOST = 5;

  /**
   * Five selling days a week, a bridge day being half of one. Over six European countries' monthly
   * registrations, these explain the most: 22 % of the changes from year to year, against 17 %
   * without bridge days and 10 % with a full Saturday. A network that sells on Saturdays says so.
   */
  public static final DayWeights DEFAULT = new DayWeights(0, 0, 0.5);

  /** Checks the weights. */
  public DayWeights {
    check("Saturday", saturday, MOST);
    check("Sunday", sunday, MOST);
    check("bridge day", bridge, 1);
  }

  private static void check(String day, double weight, double most) {
    if (!(weight >= 0 && weight <= most)) {
      throw new IllegalArgumentException(
          "a " + day + " counts 0 to " + (int) most + " selling days, not " + weight);
    }
  }

  /** Returns the weight of an ordinary day: neither a holiday nor a bridge day. */
  double of(DayOfWeek day) {
    return switch (day) {
      case SATURDAY -> saturday;
      case SUNDAY -> sunday;
      default -> 1;
    };
  }
}
