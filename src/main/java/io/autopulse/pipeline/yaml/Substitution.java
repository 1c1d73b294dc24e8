package io.autopulse.pipeline.yaml;

import io.autopulse.domain.problem.InputException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts environment variables into values: <code>${NAME}</code>, or <code>${NAME:-default}</code>
 * where the default also stands for an empty variable, as in a shell. <code>$${</code> stands for
 * the text <code>${</code>. What a variable holds is not searched again.
 *
 * @param environment the variables by name
 */
record Substitution(Map<String, String> environment) {
  private static final Pattern REFERENCE =
      Pattern.compile("\\$\\$\\{|\\$\\{(?:([A-Za-z_][A-Za-z0-9_]*)(:-([^}]*))?\\})?");

  /** Keeps its own copy. */
  Substitution {
    environment = Map.copyOf(environment);
  }

  /**
   * Returns the text with every reference replaced.
   *
   * @throws InputException if a variable is not set and has no default, or a reference cannot be
   *     read
   */
  String apply(String text) {
    return REFERENCE
        .matcher(text)
        .replaceAll(match -> Matcher.quoteReplacement(replacement(text, (Matcher) match)));
  }

  private String replacement(String text, Matcher match) {
    if (match.group().equals("$${")) {
      return "${";
    }
    String name = match.group(1);
    if (name == null) {
      throw new InputException(
          "",
          "\"" + text + "\" holds a ${ that is neither ${NAME} nor ${NAME:-default}",
          "Write $${ for the two characters themselves");
    }
    String value = environment.getOrDefault(name, "");
    if (!value.isEmpty()) {
      return value;
    }
    if (match.group(2) != null) {
      return match.group(3);
    }
    if (environment.containsKey(name)) {
      return value;
    }
    throw new InputException(
        "",
        "needs the environment variable " + name + ", which is not set",
        "Set it, or give a default: ${" + name + ":-default}");
  }
}
