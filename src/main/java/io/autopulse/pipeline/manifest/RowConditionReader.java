package io.autopulse.pipeline.manifest;

import io.autopulse.domain.feed.RowCondition;
import io.autopulse.domain.feed.RowCondition.Test;
import io.autopulse.domain.problem.InputException;
import io.autopulse.pipeline.yaml.Scalars;
import io.autopulse.pipeline.yaml.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads one condition of a feed's {@code skip_rows}: a column and what its value must be. */
final class RowConditionReader {
  private RowConditionReader() {}

  /**
   * Reads a condition.
   *
   * @throws IllegalArgumentException if it says nothing of the value, or several things
   */
  static RowCondition read(Section section) {
    var column = section.required("column", Scalars.name());
    var is = section.oneOrMore("is", Scalars.name());
    var isNot = section.oneOrMore("is_not", Scalars.name());
    var like = section.oneOrMore("like", RowConditionReader::form);
    var absent = section.optional("absent", Scalars.oneOf("a truth value", List.of(true, false)));
    List<RowCondition> conditions = new ArrayList<>();
    add(conditions, column.get(), Test.IS, is.get());
    add(conditions, column.get(), Test.IS_NOT, isNot.get());
    add(conditions, column.get(), Test.LIKE, like.get());
    add(
        conditions,
        column.get(),
        absent.get().orElse(true) ? Test.ABSENT : Test.PRESENT,
        absent.get().map(value -> List.of()));
    if (conditions.size() != 1) {
      throw new IllegalArgumentException(
          "a condition has one of is, is_not, like and absent, not "
              + (conditions.isEmpty() ? "none" : "several: write a condition for each"));
    }
    return conditions.get(0);
  }

  private static void add(
      List<RowCondition> conditions, String column, Test test, Optional<List<String>> texts) {
    texts.ifPresent(values -> conditions.add(new RowCondition(column, test, values)));
  }

  private static String form(String text) {
    if (!text.contains("*") && !text.contains("%")) {
      throw new InputException(
          "",
          "\"" + text + "\" has no * or % that stands for any text",
          "Write it with one, as \"* TOTAL\", or use is");
    }
    return text;
  }
}
