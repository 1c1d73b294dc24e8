package io.autopulse.pipeline.runner;

import io.autopulse.domain.problem.InputException;
import io.autopulse.domain.problem.NearestName;
import java.beans.Introspector;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.TreeSet;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/**
 * The names and types of the pipeline options that Beam and its runners on the class path register.
 */
final class BeamOptions {
  private BeamOptions() {}

  /** Returns the name of every registered option. */
  static Set<String> names() {
    Set<String> names = new TreeSet<>();
    for (Class<?> type : PipelineOptionsFactory.getRegisteredOptions()) {
      for (Method method : type.getMethods()) {
        if (method.getParameterCount() == 0 && method.getReturnType() != void.class) {
          String name = method.getName();
          if (name.startsWith("get")) {
            names.add(optionName(name.substring(3)));
          } else if (name.startsWith("is")) {
            names.add(optionName(name.substring(2)));
          }
        }
      }
    }
    return names;
  }

  /**
   * Checks that the option takes the value.
   *
   * @throws InputException with Beam's own explanation, without a place
   */
  static void check(String name, String value) {
    beam("", "--" + name + "=" + value);
  }

  /**
   * Returns the options that the arguments give.
   *
   * @param place what a message begins with
   * @param arguments Beam's own form: {@code --name=value}
   * @throws InputException with Beam's own explanation
   */
  static PipelineOptions parse(String place, String... arguments) {
    if (arguments.length > 0) {
      Set<String> names = names();
      for (String argument : arguments) {
        checkName(place, argument, names);
      }
    }
    return beam(place, arguments);
  }

  /** Returns the name in {@code --name=value} or {@code --name}. */
  static String nameOf(String argument) {
    int equals = argument.indexOf('=');
    return argument.substring(2, equals < 0 ? argument.length() : equals);
  }

  private static PipelineOptions beam(String place, String... arguments) {
    try {
      return PipelineOptionsFactory.fromArgs(arguments).create();
    } catch (IllegalArgumentException e) {
      // Beam's message may have several lines; a problem is one.
      String message = String.valueOf(e.getMessage()).strip().replaceAll("\\s+", " ");
      throw new InputException(place, message, "");
    }
  }

  private static void checkName(String place, String argument, Set<String> names) {
    if (!argument.startsWith("--")) {
      throw new InputException(
          place, "\"" + argument + "\" is not a Beam option", "Write it as --name=value");
    }
    String name = nameOf(argument);
    if (!names.contains(name)) {
      throw new InputException(
          place,
          "--" + name + " is not a Beam option",
          NearestName.of(name, names)
              .map(near -> "Did you mean --" + near + "?")
              .orElse("Beam's documentation of its runners lists them"));
    }
  }

  /**
   * As Java beans do: the first letter in lower case, unless the name begins with an abbreviation.
   */
  private static String optionName(String property) {
    return Introspector.decapitalize(property);
  }
}
