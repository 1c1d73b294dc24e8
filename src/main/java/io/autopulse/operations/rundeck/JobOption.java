package io.autopulse.operations.rundeck;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An option of a job.
 *
 * @param name its name: small letters, digits and underscores
 * @param regex what a value must match whole
 * @param secure whether it is a secret
 * @param exposed whether the command gets a secret as an environment variable
 * @param storagePath where key storage has the secret
 * @param value the value if the caller gives none
 */
public record JobOption(
    String name,
    Optional<Pattern> regex,
    boolean secure,
    boolean exposed,
    Optional<String> storagePath,
    Optional<String> value) {

  /** Returns the environment variable in which Rundeck gives the value to the command. */
  public String variable() {
    return "RD_OPTION_" + name.toUpperCase(Locale.ROOT);
  }
}
