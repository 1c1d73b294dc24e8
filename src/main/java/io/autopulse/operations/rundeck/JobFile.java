package io.autopulse.operations.rundeck;

import io.autopulse.domain.problem.InputException;
import io.autopulse.pipeline.yaml.Node;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A job of Rundeck as its file describes it.
 *
 * @param file what messages call the file
 * @param text the file's text, which is what Rundeck imports
 * @param document the text as a tree
 * @param name the job's name
 * @param group its group
 * @param uuid its identity: Rundeck updates the job that has it
 * @param zone the clocks of its schedule
 * @param cron its schedule as a Quartz expression; none if only people and workflows start it
 * @param timeout when Rundeck ends it
 * @param options its options
 * @param steps its steps
 */
public record JobFile(
    String file,
    String text,
    Node.Mapping document,
    String name,
    String group,
    String uuid,
    Optional<ZoneId> zone,
    Optional<String> cron,
    Optional<Duration> timeout,
    List<JobOption> options,
    List<JobStep> steps) {
  /** Keeps its own copies. */
  public JobFile {
    options = List.copyOf(options);
    steps = List.copyOf(steps);
  }

  /**
   * Returns the identity of a job in a project: always the same one, so that an import never makes
   * a second job, and another one in each project, for a server has each identity once.
   */
  public static String uuidOf(String project, String group, String name) {
    return UUID.nameUUIDFromBytes(
            String.join("/", project, group, name).getBytes(StandardCharsets.UTF_8))
        .toString();
  }

  /** Tells whether the job only starts other jobs. */
  public boolean isWorkflow() {
    return steps.stream().allMatch(JobStep.Reference.class::isInstance);
  }

  /** Returns the commands of the job. */
  public List<JobStep.Call> calls() {
    return steps.stream()
        .filter(JobStep.Call.class::isInstance)
        .map(JobStep.Call.class::cast)
        .toList();
  }

  /** Returns a problem at the value of that path, or at what is nearest to it in the file. */
  InputException problem(String path, String problem, String remedy) {
    return new InputException(place(path), problem, remedy);
  }

  /** Returns the place of that path, or the nearest above it. */
  String place(String path) {
    Node node = document;
    for (String key : path.split("\\.")) {
      if (node instanceof Node.Mapping map) {
        node = map.entries().getOrDefault(key, node);
      } else if (node instanceof Node.Sequence list) {
        node = list.elements().get(Integer.parseInt(key));
      }
    }
    return node.place().text();
  }
}
