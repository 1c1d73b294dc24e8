package io.autopulse.pipeline.manifest;

import io.autopulse.domain.problem.InputException;
import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.pipeline.yaml.Scalars;
import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far back a refresh reads and recomputes.
 *
 * @param days how many business dates, counting the current one, from 1 to {@value #MOST_DAYS}; 0
 *     for every date in the landing zone
 */
public record Lookback(int days) {
  /** Every date in the landing zone. */
  public static final Lookback ALL = new Lookback(0);

  /** Five weeks: the time in which nearly all corrections of a sale arrive. */
  public static final Lookback DEFAULT = new Lookback(35);

  /** A hundred years: longer is {@link #ALL}. */
  public static final int MOST_DAYS = 36_500;

  private static final Pattern TEXT = Pattern.compile("(\\d{1,5})([dw])");

  /** Checks the range. */
  public Lookback {
    if (days < 0 || days > MOST_DAYS) {
      throw new IllegalArgumentException("a lookback has from 1 to " + MOST_DAYS + " days");
    }
  }

  /**
   * Reads {@code 35d}, {@code 5w} or {@code all}.
   *
   * @throws InputException if it is none of them, without a place
   */
  public static Lookback parse(String text) {
    if (text.equals("all")) {
      return ALL;
    }
    Matcher matcher = TEXT.matcher(text);
    if (matcher.matches()) {
      int days = Integer.parseInt(matcher.group(1)) * (matcher.group(2).equals("w") ? 7 : 1);
      if (days >= 1 && days <= MOST_DAYS) {
        return new Lookback(days);
      }
    }
    throw Scalars.expected(text, "a lookback: days such as 35d, weeks such as 5w, or all");
  }

  /**
   * Returns the business dates that a refresh on that date covers, not yet aligned to whole weeks
   * and months.
   */
  public BusinessInterval until(LocalDate today) {
    return days == 0
        ? BusinessInterval.ALL
        : new BusinessInterval(today.minusDays(days - 1L), today.plusDays(1));
  }

  @Override
  public String toString() {
    return days == 0 ? "all" : days + "d";
  }
}
