package io.autopulse.operations.rundeck;

import io.autopulse.domain.problem.InputException;
import io.autopulse.pipeline.yaml.YamlFile;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * The folder that describes a project of Rundeck: {@code project.properties}, and a file each job
 * in {@code jobs}.
 *
 * @param project the name of the project
 * @param jobs its jobs, by the names of their files
 */
public record RundeckFolder(String project, List<JobFile> jobs) {
  /**
   * The group of all the jobs. What Rundeck has in this group and the folder has not was in it
   * once: it is removed.
   */
  public static final String GROUP = "autopulse";

  private static final String PROJECT = "project.name";

  /** Keeps its own copy. */
  public RundeckFolder {
    jobs = List.copyOf(jobs);
  }

  /**
   * Reads the folder.
   *
   * @param project the project that the jobs are for, if it is not the one of the folder: they get
   *     identities of that project
   * @throws InputException with every problem found
   */
  public static RundeckFolder read(Path folder, Optional<String> project) {
    String own = projectOf(folder.resolve("project.properties"));
    List<JobFile> jobs = new ArrayList<>();
    List<InputException> problems = new ArrayList<>();
    for (Path file : files(folder.resolve("jobs"))) {
      try {
        jobs.add(JobFileReader.read(file.toString(), YamlFile.text(file)));
      } catch (InputException e) {
        problems.add(e);
      }
    }
    if (!problems.isEmpty()) {
      throw InputException.all(problems);
    }
    RundeckFolder read = new RundeckFolder(own, jobs);
    return project.map(read::in).orElse(read);
  }

  /** Returns the same jobs with identities of another project. */
  private RundeckFolder in(String other) {
    return new RundeckFolder(
        other,
        jobs.stream()
            .map(job -> JobFileReader.read(job.file(), renamed(job.text(), other)))
            .toList());
  }

  private String renamed(String text, String other) {
    String renamed = text;
    for (JobFile job : jobs) {
      renamed = renamed.replace(job.uuid(), JobFile.uuidOf(other, job.group(), job.name()));
    }
    return renamed;
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    } catch (IOException e) {
      throw new InputException(
          folder.toString(),
          "is not a folder that can be read",
          "Name the folder that has jobs by --folder",
          e);
    }
  }

  private static String projectOf(Path file) {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(YamlFile.text(file)));
    } catch (IOException e) {
      throw new InputException(file.toString(), "cannot be read", "Write lines of name=value", e);
    }
    String name = properties.getProperty(PROJECT, "");
    if (name.isBlank()) {
      throw new InputException(
          file.toString(), "does not name the project", "Write " + PROJECT + "=NAME");
    }
    return name.strip();
  }
}
