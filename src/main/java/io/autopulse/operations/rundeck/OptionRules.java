package io.autopulse.operations.rundeck;

import io.autopulse.domain.problem.InputException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Options: checked before a command sees them; secrets from key storage alone. */
final class OptionRules {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{?(RD_OPTION_[A-Z0-9_]+)");

  /** What no value of ours has, and a shell might read. */
  private static final List<String> UNWANTED =
      List.of("a b", "'", "\"", ";", "$(id)", "`id`", "--for");

  private OptionRules() {}

  /** Adds what is wrong with the options of a job. */
  static void check(JobFile job, List<InputException> problems) {
    Set<String> used = used(job);
    for (int i = 0; i < job.options().size(); i++) {
      JobOption option = job.options().get(i);
      String path = "options." + i;
      if (option.secure()) {
        secret(job, path, option, problems);
      } else {
        plain(job, path, option, used, problems);
      }
      used.remove(option.variable());
    }
    used.forEach(
        variable ->
            problems.add(
                job.problem(
                    "sequence", variable + " is of no option of this job", "Write the option")));
  }

  private static Set<String> used(JobFile job) {
    Set<String> used = new HashSet<>();
    for (JobStep.Call call : job.calls()) {
      Matcher variable = VARIABLE.matcher(call.command());
      while (variable.find()) {
        used.add(variable.group(1));
      }
    }
    return used;
  }

  private static void plain(
      JobFile job, String path, JobOption option, Set<String> used, List<InputException> problems) {
    if (option.regex().isEmpty()) {
      problems.add(
          job.problem(path, "takes any value", "Write regex, such as ^\\d{4}-\\d{2}-\\d{2}$"));
    } else if (UNWANTED.stream().anyMatch(text -> option.regex().get().matcher(text).matches())) {
      problems.add(
          job.problem(
              path + ".regex",
              "lets through blanks, quotes or what a shell reads",
              "Name the characters that a value has, such as ^\\d{4}-\\d{2}-\\d{2}$"));
    }
    if (!used.contains(option.variable())) {
      problems.add(
          job.problem(
              path, "is used by no command", "Write --NAME=\"$" + option.variable() + "\""));
    }
  }

  private static void secret(
      JobFile job, String path, JobOption option, List<InputException> problems) {
    if (option.value().isPresent()) {
      problems.add(
          job.problem(
              path + ".value", "has a secret in the file", "Remove it, and write storagePath"));
    }
    if (!option.exposed()
        || option.storagePath().filter(stored -> stored.startsWith("keys/")).isEmpty()) {
      problems.add(
          job.problem(
              path,
              "does not bring a secret from key storage to the command",
              "Write valueExposed: true and storagePath: keys/project/PROJECT/NAME"));
    }
    if (!option.name().startsWith("autopulse_")) {
      problems.add(
          job.problem(
              path + ".name",
              "is a variable that autopulse does not read",
              "Call it after the variable, such as autopulse_snowflake_private_key"));
    }
  }
}
