package io.autopulse.operations.rundeck;

import io.autopulse.domain.problem.InputException;
import io.autopulse.domain.problem.NearestName;
import io.autopulse.operations.schedule.JobsFile;
import io.autopulse.operations.schedule.ScheduledJob;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What must be true of the jobs of a folder, each by itself and all of them beside jobs.yaml. */
public final class JobsLint {
  private final RundeckFolder folder;
  private final JobsFile scheduled;

  /**
   * Makes the check.
   *
   * @param scheduled the jobs of Autopulse, of which each has a file in the folder
   */
  public JobsLint(RundeckFolder folder, JobsFile scheduled) {
    this.folder = folder;
    this.scheduled = scheduled;
  }

  /** Returns everything that is wrong, each with its place and remedy; empty if nothing is. */
  public List<InputException> problems() {
    List<InputException> problems = new ArrayList<>();
    Map<String, JobFile> byName = new HashMap<>();
    for (JobFile job : folder.jobs()) {
      JobFile earlier = byName.put(job.name(), job);
      if (earlier != null) {
        problems.add(
            job.problem("name", "is the name of " + earlier.file() + " too", "Name each job once"));
      }
      identity(job, problems);
      Map<String, String> texts = JobTexts.of(job.document());
      limits(job, texts, problems);
      notifications(job, texts, problems);
      CommandRules.check(job, problems);
      OptionRules.check(job, problems);
      references(job, problems);
      Optional<ScheduledJob> own = own(job);
      ScheduleRules.check(job, own, scheduled.zone(), problems);
      if (own.isEmpty() && !job.isWorkflow()) {
        problems.add(
            job.problem(
                "name",
                "is no job of " + scheduled.name(),
                NearestName.hint(
                    job.name(), scheduled.jobs().stream().map(ScheduledJob::name).toList())));
      }
    }
    for (ScheduledJob job : scheduled.jobs()) {
      if (!byName.containsKey(job.name())) {
        problems.add(
            new InputException(
                scheduled.name() + ": jobs." + job.name(),
                "has no file, and Rundeck does not start it",
                "Write jobs/" + job.name() + ".yaml"));
      }
    }
    return problems;
  }

  private Optional<ScheduledJob> own(JobFile job) {
    return scheduled.jobs().stream().filter(s -> s.name().equals(job.name())).findFirst();
  }

  private void identity(JobFile job, List<InputException> problems) {
    if (!job.file().replace('\\', '/').endsWith("/" + job.name() + ".yaml")) {
      problems.add(
          job.problem(
              "name", "is not the name of the file", "Call the file " + job.name() + ".yaml"));
    }
    if (!job.group().equals(RundeckFolder.GROUP)) {
      problems.add(
          job.problem(
              "group",
              "\"" + job.group() + "\" is not the group of these jobs",
              "Write group: " + RundeckFolder.GROUP));
    }
    String uuid = JobFile.uuidOf(folder.project(), job.group(), job.name());
    if (!job.uuid().equals(uuid)) {
      problems.add(
          job.problem(
              "uuid",
              "is not the identity of this job: an import would make a second one, or replace another",
              "Write uuid: " + uuid));
    }
  }

  private static void limits(
      JobFile job, Map<String, String> texts, List<InputException> problems) {
    if (!"false".equals(texts.get("multipleExecutions"))) {
      problems.add(
          job.problem(
              "multipleExecutions", "lets runs overlap", "Write multipleExecutions: false"));
    }
    if (!texts.containsKey("nodefilters.filter")) {
      problems.add(
          job.problem(
              "",
              "runs on Rundeck's own host",
              "Write nodefilters with filter: 'tags: autopulse'"));
    }
  }

  private static void notifications(
      JobFile job, Map<String, String> texts, List<InputException> problems) {
    for (String trigger : List.of("onfailure", "onavgduration")) {
      String path = "notification." + trigger;
      if (!texts.containsKey(path + ".email.recipients") && !texts.containsKey(path + ".urls")) {
        problems.add(
            job.problem(
                path, "nobody is told by " + trigger, "Write " + path + " with email or urls"));
      }
    }
    if (!texts.containsKey("notifyAvgDurationThreshold")) {
      problems.add(
          job.problem(
              "notification",
              "onavgduration has no threshold, and tells of every second run",
              "Write notifyAvgDurationThreshold, such as 50%"));
    }
  }

  private void references(JobFile job, List<InputException> problems) {
    for (int i = 0; i < job.steps().size(); i++) {
      if (job.steps().get(i) instanceof JobStep.Reference reference
          && folder.jobs().stream().noneMatch(reference::isTo)) {
        problems.add(
            job.problem(
                "sequence.commands." + i + ".jobref",
                "names no job of the folder by uuid, group and name",
                "Copy the three from the job's file"));
      }
    }
  }
}
