package io.autopulse.operations.rundeck;

import java.util.List;
import java.util.regex.Pattern;

/** A step of a job. */
public sealed interface JobStep {
  /**
   * A command on the node.
   *
   * @param command as Rundeck is given it, before it substitutes anything
   * @param filters what reads its output
   */
  record Call(String command, List<LogFilter> filters) implements JobStep {
    /** Keeps its own copy. */
    public Call {
      filters = List.copyOf(filters);
    }
  }

  /**
   * Another job.
   *
   * @param group its group
   * @param name its name
   * @param uuid its identity, by which Rundeck finds it
   */
  record Reference(String group, String name, String uuid) implements JobStep {
    /** Returns whether all three are those of the job. */
    boolean isTo(JobFile job) {
      return uuid.equals(job.uuid()) && group.equals(job.group()) && name.equals(job.name());
    }
  }

  /**
   * A filter that takes values out of what a command prints.
   *
   * @param type Rundeck's name of the filter
   * @param regex what a line must match whole; its two groups are a key and a value
   */
  record LogFilter(String type, Pattern regex) {
    /** Returns whether the filter takes the value for the key out of the line. */
    boolean takes(String key, String value, String line) {
      var match = regex.matcher(line);
      return type.equals("key-value-data")
          && match.matches()
          && match.groupCount() == 2
          && key.equals(match.group(1))
          && value.equals(match.group(2));
    }
  }
}
