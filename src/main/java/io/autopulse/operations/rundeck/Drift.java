package io.autopulse.operations.rundeck;

import io.autopulse.pipeline.yaml.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How the jobs of a project differ from the files.
 *
 * @param missing jobs that the project has not
 * @param changed jobs that it has otherwise, with what differs
 * @param surplus what it has in our group and the folder has not: names by identity
 * @param same how many are the same
 */
public record Drift(
    List<JobFile> missing, List<Changed> changed, Map<String, String> surplus, int same) {
  /** What Rundeck adds to a job and no file says. */
  private static final Map<String, String> ADDED = Map.of("defaultTab", "nodes");

  /**
   * A job that differs.
   *
   * @param job its file
   * @param differences what differs, by path
   */
  public record Changed(JobFile job, List<Difference> differences) {
    /** Keeps its own copy. */
    public Changed {
      differences = List.copyOf(differences);
    }
  }

  /**
   * A value that differs.
   *
   * @param path where it is, such as {@code schedule.time.hour}
   * @param file what the file says
   * @param server what Rundeck has
   */
  public record Difference(String path, Optional<String> file, Optional<String> server) {}

  /** Keeps its own copies. */
  public Drift {
    missing = List.copyOf(missing);
    changed = List.copyOf(changed);
    surplus = Map.copyOf(surplus);
  }

  /** Returns how what a project has differs from the files. */
  static Drift between(RundeckFolder folder, Map<String, Node.Mapping> server) {
    List<JobFile> missing = new ArrayList<>();
    List<Changed> changed = new ArrayList<>();
    Map<String, Node.Mapping> surplus = new TreeMap<>(server);
    for (JobFile job : folder.jobs()) {
      Node.Mapping there = surplus.remove(job.uuid());
      if (there == null) {
        missing.add(job);
      } else {
        List<Difference> differences = differences(texts(job.document()), texts(there));
        if (!differences.isEmpty()) {
          changed.add(new Changed(job, differences));
        }
      }
    }
    Map<String, String> names = new TreeMap<>();
    surplus.forEach((uuid, job) -> names.put(uuid, JobTexts.of(job).getOrDefault("name", uuid)));
    return new Drift(
        missing, changed, names, folder.jobs().size() - missing.size() - changed.size());
  }

  /** Tells whether there is none. */
  public boolean isEmpty() {
    return missing.isEmpty() && changed.isEmpty() && surplus.isEmpty();
  }

  private static List<Difference> differences(
      Map<String, String> file, Map<String, String> server) {
    TreeSet<String> paths = new TreeSet<>(file.keySet());
    paths.addAll(server.keySet());
    return paths.stream()
        .filter(path -> !Objects.equals(file.get(path), server.get(path)))
        .map(path -> new Difference(path, shown(path, file), shown(path, server)))
        .toList();
  }

  /** A value that somebody gave to an option there may be a secret. */
  private static Optional<String> shown(String path, Map<String, String> texts) {
    return Optional.ofNullable(texts.get(path))
        .map(text -> path.matches("options\\.\\d+\\.value") ? "(a value)" : text);
  }

  /** Returns the texts without what Rundeck adds, and without what is false: it leaves that out. */
  private static Map<String, String> texts(Node.Mapping job) {
    Map<String, String> texts = JobTexts.of(job);
    texts.remove("id");
    texts.values().removeIf("false"::equals);
    ADDED.forEach(texts::remove);
    return texts;
  }
}
