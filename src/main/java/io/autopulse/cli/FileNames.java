package io.autopulse.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.autopulse.domain.problem.InputException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether this JVM can name every file. Java 17 takes the charset of file names and arguments from
 * the locale, and no option changes it: under {@code LC_ALL=C} a file such as {@code verkäufe.csv}
 * would not be found, and nothing would say so.
 */
final class FileNames {
  private static final Set<String> HARMLESS = Set.of("--help", "-h", "--version", "-V");

  private FileNames() {}

  /**
   * Returns why a call is refused; empty if files are named in UTF-8, or the call reads none.
   *
   * @param properties of the system
   */
  static Optional<InputException> refusal(Map<?, ?> properties, List<String> arguments) {
    String charset = String.valueOf(properties.get("sun.jnu.encoding"));
    boolean unicode =
        charset.equalsIgnoreCase(UTF_8.name())
            || String.valueOf(properties.get("os.name")).startsWith("Windows");
    return unicode || arguments.stream().anyMatch(HARMLESS::contains)
        ? Optional.empty()
        : Optional.of(
            new InputException(
                "locale",
                "Java names files in "
                    + charset
                    + " here, and would pass over those with other letters",
                "Start with bin/autopulse, or set LC_ALL=C.UTF-8"));
  }
}
