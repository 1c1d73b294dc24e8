package io.autopulse.domain.sale;

import java.time.LocalDate;
import java.util.List;

/**
 * How much is to be sold in a month: by all, or by a dealer, of a make, of a model, or of several
 * of these.
 *
 * @param month the month's first day
 * @param dealerId the dealer, as a member name; {@link #ALL} for all together
 * @param make the make, as a member name; {@link #ALL} for all together
 * @param model the model, as a member name; {@link #ALL} for all together
 * @param units the vehicles to be sold, from 0
 * @param revenue the revenue to be made, in cents of the reporting currency, or {@link #NO_REVENUE}
 * @param updatedAt when the target was last changed, microseconds UTC; 0 where the feed does not
 *     say
 */
public record Target(
    LocalDate month,
    String dealerId,
    String make,
    String model,
    long units,
    long revenue,
    long updatedAt) {
  /** A member of all: what a target does not tell apart. */
  public static final String ALL = "ALL";

  /** The revenue of a target that has units only. */
  public static final long NO_REVENUE = -1;

  /** Checks that it is one of a whole month, not negative, and that a model has its make. */
  public Target {
    if (month.getDayOfMonth() != 1) {
      throw new IllegalArgumentException(month + " is not the first day of a month");
    }
    if (units < 0 || revenue < NO_REVENUE) {
      throw new IllegalArgumentException("a target is not negative: " + units + ", " + revenue);
    }
    if (make.equals(ALL) && !model.equals(ALL)) {
      throw new IllegalArgumentException("the model " + model + " has no make");
    }
  }

  /** Returns what the target is of: there is one target of it. */
  public List<String> key() {
    return List.of(month.toString(), dealerId, make, model);
  }
}
