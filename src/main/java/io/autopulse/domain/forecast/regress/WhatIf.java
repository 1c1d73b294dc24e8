package io.autopulse.domain.forecast.regress;

import io.autopulse.domain.problem.InputException;
import io.autopulse.domain.problem.NearestName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A question of the form {@code price=-5%,fuel=+10%}: how the units change if regressors change.
 *
 * @param changes the relative change of each regressor, -0.05 for -5 %, in the order asked
 */
public record WhatIf(Map<String, Double> changes) {
  private static final String FORM =
      "A change is written as price=-5%, several with commas between";
  private static final Pattern PERCENT = Pattern.compile("([+-]?\\d+(?:\\.\\d+)?) ?%");
  private static final double NORMAL_80 = 1.281552;
  private static final double NORMAL_95 = 1.959964;

  /**
   * The answer.
   *
   * @param change the relative change of the units, -0.1 for a tenth less
   * @param lower the lower bound of its 95 % interval
   * @param upper the upper bound
   * @param extrapolation the regressors that would be outside the range that the history has shown
   * @param lower80 the lower bound of its 80 % interval
   * @param upper80 the upper bound
   */
  public record Effect(
      double change,
      double lower,
      double upper,
      List<String> extrapolation,
      double lower80,
      double upper80) {}

  /** Copies the changes. */
  public WhatIf {
    changes = Collections.unmodifiableMap(new LinkedHashMap<>(changes));
  }

  /**
   * Reads a question.
   *
   * @param text the question
   * @param known the names of the regressors there are
   * @throws InputException if it cannot be read, or names what is not known
   */
  public static WhatIf parse(String text, Collection<String> known) {
    Map<String, Double> changes = new LinkedHashMap<>();
    for (String part : text.split(",", -1)) {
      int equals = part.indexOf('=');
      if (equals < 0) {
        throw problem(text, "\"" + part.strip() + "\" is no change", FORM);
      }
      String name = part.substring(0, equals).strip();
      if (!known.contains(name)) {
        throw problem(
            text, "\"" + name + "\" is not among the regressors", NearestName.hint(name, known));
      }
      if (changes.put(name, percent(text, name, part.substring(equals + 1).strip())) != null) {
        throw problem(text, "\"" + name + "\" changes twice", "Write one change of each");
      }
    }
    return new WhatIf(changes);
  }

  private static double percent(String text, String name, String value) {
    Matcher matcher = PERCENT.matcher(value);
    if (!matcher.matches()) {
      throw problem(text, "\"" + value + "\" of " + name + " is no percentage", FORM);
    }
    double change = Double.parseDouble(matcher.group(1)) / 100;
    if (!(change > -1 && change <= 10)) {
      throw problem(
          text, name + " cannot change by " + value, "A change is above -100% and at most 1000%");
    }
    return change;
  }

  private static InputException problem(String text, String problem, String remedy) {
    return new InputException("what-if \"" + text + "\"", problem, remedy);
  }

  /**
   * Answers the question. A regressor that enters as it is changes from its last value of the
   * history. A regressor that the regression does not have, because it did not win, changes
   * nothing.
   *
   * @param regression what is known of the series
   */
  public Effect of(Regression regression) {
    List<Regressor> regressors = regression.regressors();
    double[] moves = new double[regressors.size()];
    List<String> extrapolation = new ArrayList<>();
    for (int i = 0; i < moves.length; i++) {
      Regressor regressor = regressors.get(i);
      double change = changes.getOrDefault(regressor.name(), 0.0);
      double[] seen = Arrays.copyOf(regressor.values(), regression.periods());
      double last = seen[seen.length - 1];
      double then = last * (1 + change);
      moves[i] = regressor.log() ? Math.log1p(change) : then - last;
      if (change != 0
          && (then < Arrays.stream(seen).min().orElse(then)
              || then > Arrays.stream(seen).max().orElse(then))) {
        extrapolation.add(regressor.name());
      }
    }
    double log = 0;
    double variance = 0;
    for (int i = 0; i < moves.length; i++) {
      log += moves[i] * regression.coefficient(i);
      for (int j = 0; j < moves.length; j++) {
        variance += moves[i] * moves[j] * regression.covariance(i, j);
      }
    }
    double error = Math.sqrt(Math.max(0, variance));
    return new Effect(
        Math.expm1(log),
        Math.expm1(log - NORMAL_95 * error),
        Math.expm1(log + NORMAL_95 * error),
        extrapolation,
        Math.expm1(log - NORMAL_80 * error),
        Math.expm1(log + NORMAL_80 * error));
  }
}
