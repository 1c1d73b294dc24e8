package io.autopulse.pipeline.yaml;

import io.autopulse.domain.problem.InputException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;

/** One reading of a file: what its texts are read as, and the problems found so far. */
final class Reading {
  private final UnaryOperator<String> substitution;
  private final List<Problem> problems = new ArrayList<>();

  Reading(UnaryOperator<String> substitution) {
    this.substitution = substitution;
  }

  /** Returns what the text is read as. */
  String substituted(String text) {
    return substitution.apply(text);
  }

  /** Notes a problem at a place. */
  void report(Place place, String problem, String remedy) {
    report(place, new InputException("", problem, remedy));
  }

  /** Notes a problem found by one who did not know the place. */
  void report(Place place, InputException problem) {
    problems.add(new Problem(place.line(), problem.at(place.text())));
  }

  /** Throws all the problems noted, if any, in the order of the file. */
  void throwProblems() {
    if (!problems.isEmpty()) {
      throw InputException.all(
          problems.stream()
              .sorted(Comparator.comparingInt(Problem::line))
              .map(Problem::exception)
              .toList());
    }
  }

  private record Problem(int line, InputException exception) {}
}
