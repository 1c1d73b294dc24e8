package io.autopulse.generate.world;

import io.autopulse.domain.problem.InputException;

/**
 * How often a sale is corrected, cancelled or returned, and how untidily its versions arrive. All
 * are shares from 0 to 1.
 *
 * @param defects extra records that no pipeline may accept, as a share of the good versions; the
 *     same share of the good versions carries hostile but valid text
 * @param updates sales that are corrected at least once
 * @param cancellations sales whose status becomes CANCELLED
 * @param returns sales whose status becomes RETURNED
 * @param duplicates versions that arrive a second time, unchanged
 * @param late versions that arrive in a later file than their time says, behind a newer version of
 *     the sale if there is one
 */
public record SaleRates(
    double defects,
    double updates,
    double cancellations,
    double returns,
    double duplicates,
    double late) {
  /** A landing zone as a good day's work leaves it: corrections and repeats, and no defect. */
  public static final SaleRates USUAL = new SaleRates(0, 0.05, 0.03, 0.01, 0.02, 0.05);

  /** Checks that each is a share. */
  public SaleRates {
    requireShare("defects", defects);
    requireShare("updates", updates);
    requireShare("cancellations", cancellations);
    requireShare("returns", returns);
    requireShare("duplicates", duplicates);
    requireShare("late", late);
    if (cancellations + returns > 1) {
      throw new InputException(
          "--cancellations, --returns", "their sum exceeds 1", "Give shares of all sales");
    }
  }

  /** Returns the same rates with another share of defects. */
  public SaleRates withDefects(double rate) {
    return new SaleRates(rate, updates, cancellations, returns, duplicates, late);
  }

  private static void requireShare(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new InputException("--" + name, value + " is not a share", "Give a number from 0 to 1");
    }
  }
}
