package io.autopulse.operations.schedule;

import io.autopulse.domain.problem.InputException;
import io.autopulse.pipeline.yaml.Element;
import io.autopulse.pipeline.yaml.Place;
import io.autopulse.pipeline.yaml.Scalars;
import io.autopulse.pipeline.yaml.Section;
import io.autopulse.pipeline.yaml.Value;
import io.autopulse.pipeline.yaml.YamlFile;
import io.autopulse.pipeline.yaml.YamlTree;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads files of jobs as strictly as manifests: what is not known is an error with its place. */
final class JobsFileReader {
  private static final String RESOURCE = "/io/autopulse/pipelines/jobs.yaml";
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,63}");
  private static final int MOST_RETRIES = 20;
  private static final int MOST_CATCH_UP = 366;

  private final Map<String, String> environment;

  JobsFileReader(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  JobsFile read(Path file) {
    return read(file.toString(), YamlFile.text(file));
  }

  JobsFile shipped() {
    return read("jobs.yaml (shipped)", YamlFile.shipped(RESOURCE));
  }

  JobsFile read(String name, String yaml) {
    return YamlFile.bind(
        YamlTree.read(yaml, Place.inFile(name), ""), environment, root -> jobsFile(name, root));
  }

  private static JobsFile jobsFile(String name, Section root) {
    Value<ZoneId> zone = root.required("timezone", Scalars.zone());
    Value<Path> state = root.required("state", Scalars.path());
    Value<List<ScheduledJob>> jobs =
        root.requiredSection("jobs", section -> jobs(section, zone.orElse(ZoneOffset.UTC)));
    return new JobsFile(name, zone.get(), state.get(), jobs.get());
  }

  private static List<ScheduledJob> jobs(Section jobs, ZoneId zone) {
    List<Value<ScheduledJob>> read =
        jobs.keys().stream()
            .map(name -> jobs.requiredSection(name, section -> job(jobs, name, section, zone)))
            .toList();
    return read.stream().map(Value::get).toList();
  }

  private static ScheduledJob job(Section jobs, String name, Section section, ZoneId zone) {
    if (!NAME.matcher(name).matches()) {
      jobs.report(
          List.of(name),
          "is not a name of a job",
          "Use small letters, digits and hyphens, a letter first, 64 at most");
    }
    var description = section.required("description", Scalars.text());
    var schedule = section.optional("schedule", schedule(zone));
    var steps = section.requiredList("steps", JobsFileReader::step);
    var catchUp =
        section.optional(
            "catch_up",
            Scalars.oneOf("a rule", Map.of("last", CatchUp.LAST, "all", CatchUp.ALL)),
            CatchUp.LAST);
    var limit = section.optional("catch_up_limit", Scalars.wholeNumber(1, MOST_CATCH_UP), 7);
    var timeout = section.required("timeout", Scalars.duration());
    var retries = section.optional("retries", Scalars.wholeNumber(0, MOST_RETRIES), 3);
    var wait = section.optional("wait_for_lock", Scalars.duration(), Duration.ofMinutes(30));
    var range = section.optional("range", RunDates::period);
    return new ScheduledJob(
        name,
        description.get(),
        schedule.get(),
        steps.get(),
        catchUp.get(),
        limit.get(),
        timeout.get(),
        retries.get(),
        wait.get(),
        range.get());
  }

  private static Function<String, Schedule> schedule(ZoneId zone) {
    return text -> {
      Schedule schedule = Schedule.of(text, zone);
      Optional<InputException> unsafe = schedule.problem();
      if (unsafe.isPresent()) {
        throw unsafe.get();
      }
      return schedule;
    };
  }

  private static Value<Step> step(Element element) {
    if (element.isList()) {
      Value<List<String>> words = element.listOf(JobsFileReader::word);
      return Value.built(() -> new Step(false, words.get()));
    }
    return element.section(
        section -> new Step(true, section.requiredList("program", JobsFileReader::word).get()));
  }

  private static Value<String> word(Element element) {
    return element.scalar(RunDates::checked);
  }
}
