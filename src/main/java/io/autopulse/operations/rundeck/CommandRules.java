package io.autopulse.operations.rundeck;

import io.autopulse.domain.problem.InputException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Commands: the call that a person makes, with options that no shell reads and without secrets. */
final class CommandRules {
  /** What {@code autopulse job} prints at the end of an attempt. */
  private static final String LINE =
      "autopulse job=marts due=2026-03-29T03:00:00Z outcome=SUCCEEDED exit=0 attempts=1 run_id=r1 seconds=12";

  private static final Pattern PASTED = Pattern.compile("\\$\\{option\\.|@option\\.");
  private static final Pattern SECRET =
      Pattern.compile(
          "(?i)passw|passphrase|token|secret|private.?key|api.?key|-----BEGIN|://[^/\\s]*:[^/\\s]*@");

  private CommandRules() {}

  /** Adds what is wrong with the commands of a job. */
  static void check(JobFile job, List<InputException> problems) {
    for (int i = 0; i < job.steps().size(); i++) {
      if (job.steps().get(i) instanceof JobStep.Call call) {
        command(job, "sequence.commands." + i + ".exec", call.command(), problems);
        if (call.filters().stream().noneMatch(filter -> filter.takes("run_id", "r1", LINE))) {
          problems.add(
              job.problem(
                  "sequence.commands." + i,
                  "no filter takes run_id out of the log, and an execution does not show its run",
                  "Write plugins.LogFilter of type key-value-data whose regex has the groups (run_id) and its value"));
        }
      }
    }
  }

  private static void command(
      JobFile job, String path, String command, List<InputException> problems) {
    String call = "cd ${node.folder} && exec bin/autopulse job " + job.name();
    if (PASTED.matcher(command).find()) {
      problems.add(
          job.problem(
              path,
              "has an option pasted into it: Rundeck quotes one that is a word of its own only, and drops an empty one",
              "Let the shell take it from the environment: --from=\"$RD_OPTION_FROM\""));
    } else if (secretsIn(job, command)) {
      problems.add(
          job.problem(
              path,
              "has a secret, which the list of processes and the log would show",
              "Remove it: bin/autopulse takes AUTOPULSE_* from secure options of that name"));
    } else if (!command.matches(
        Pattern.quote(call) + "( --(for|from|to)=\"\\$RD_OPTION_[A-Z0-9_]+\")*")) {
      problems.add(
          job.problem(path, "is not the call of this job", "Write " + call + ", then its options"));
    }
  }

  private static boolean secretsIn(JobFile job, String command) {
    Set<String> variables =
        job.options().stream()
            .filter(JobOption::secure)
            .map(JobOption::variable)
            .collect(Collectors.toSet());
    return SECRET.matcher(command).find() || variables.stream().anyMatch(command::contains);
  }
}
