package io.autopulse.domain.forecast.explain;

import io.autopulse.domain.calendar.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says in one plain English sentence what is forecast for a member, and why. */
public final class Sentence {
  /** Beyond this a change is said as a multiple: "3 times". */
  private static final double MANY = 3;

  private Sentence() {}

  /**
   * Returns the sentence. Units are whole, percentages too; what rounds to nothing is not said. The
   * parts that are said add up to the units with the level.
   *
   * @param member how the member is called
   * @param step the length of a period
   * @param explanation the parts
   * @param lastYear units in the same periods of last year; negative or NaN if they are not known
   * @param moreDays how many selling days more the periods have than those of last year, said from
   *     one on; NaN if they do not matter
   */
  public static String of(
      String member, Step step, Explanation explanation, double lastYear, double moreDays) {
    double[] parts = explanation.rounded(-1, 1);
    long units = Math.round(explanation.published());
    int horizon = explanation.horizon();
    String periods =
        horizon == 1 ? "next " + name(step) : "next " + horizon + " " + name(step) + "s";
    StringBuilder sentence = new StringBuilder();
    sentence
        .append(member)
        .append(": ")
        .append(units(units))
        .append(" in the ")
        .append(periods)
        .append(comparison(units, lastYear, step, horizon));
    if (step != Step.NUMBERED && lastYear >= 0) {
      sentence.append(days(moreDays));
    }
    List<String> clauses = new ArrayList<>();
    for (Part part : Part.values()) {
      long change = Math.round(parts[part.ordinal()]);
      if (part == Part.LEVEL) {
        clauses.add("the present level gives " + number(change));
      } else if (change != 0) {
        clauses.add(subject(part) + (change > 0 ? " adds " : " takes ") + number(Math.abs(change)));
      }
    }
    int last = clauses.size() - 1;
    if (last == 0) {
      return sentence.append(units == 0 ? "." : ": the present level goes on.").toString();
    }
    return sentence
        .append(": ")
        .append(String.join(", ", clauses.subList(0, last)))
        .append(" and ")
        .append(clauses.get(last))
        .append('.')
        .toString();
  }

  private static String subject(Part part) {
    return switch (part) {
      case LEVEL -> "the level";
      case TREND -> "the trend";
      case SEASON -> "the season";
      case CALENDAR -> "the number of selling days";
      case FEATURES -> "what is known ahead";
      case RECONCILIATION -> "agreement with the other forecasts";
      case BIAS -> "the bias of the last forecasts";
    };
  }

  private static String days(double more) {
    long whole = Double.isNaN(more) ? 0 : Math.round(Math.abs(more));
    return whole == 0
        ? ""
        : ", with "
            + number(whole)
            + (whole == 1 ? " selling day " : " selling days ")
            + (more > 0 ? "more" : "fewer");
  }

  private static String comparison(long units, double lastYear, Step step, int horizon) {
    if (step == Step.NUMBERED || !(lastYear >= 0)) {
      return "";
    }
    long before = Math.round(lastYear);
    String same = "in the same " + name(step) + (horizon == 1 ? "" : "s") + " of last year";
    if (step == Step.YEAR) {
      same = horizon == 1 ? "in the year before" : "in the years before";
    }
    if (before == 0) {
      return units == 0 ? ", as " + same : ", after none " + same;
    }
    if (units == before) {
      return ", as many as " + same;
    }
    // A percentage of a handful says more than is known.
    if (before < 20) {
      long change = Math.abs(units - before);
      return ", "
          + number(change)
          + (units > before ? " more than " : (change == 1 ? " less" : " fewer") + " than ")
          + same;
    }
    double ratio = (double) units / before;
    if (ratio >= MANY) {
      return ", about " + number(Math.round(ratio)) + " times as many as " + same;
    }
    long percent = Math.round(100 * Math.abs(ratio - 1));
    if (percent == 0) {
      return ", about as many as " + same;
    }
    return ", " + percent + " % " + (ratio > 1 ? "more" : "fewer") + " than " + same;
  }

  private static String units(long units) {
    return units == 1 ? "1 unit" : units == 0 ? "no units" : number(units) + " units";
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String name(Step step) {
    return switch (step) {
      case DAY -> "day";
      case WEEK -> "week";
      case MONTH -> "month";
      case QUARTER -> "quarter";
      case YEAR -> "year";
      case NUMBERED -> "period";
    };
  }
}
