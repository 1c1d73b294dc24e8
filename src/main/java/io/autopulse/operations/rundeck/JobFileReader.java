package io.autopulse.operations.rundeck;

import io.autopulse.domain.problem.InputException;
import io.autopulse.operations.rundeck.JobStep.LogFilter;
import io.autopulse.operations.schedule.Schedule;
import io.autopulse.pipeline.yaml.Element;
import io.autopulse.pipeline.yaml.Node;
import io.autopulse.pipeline.yaml.Place;
import io.autopulse.pipeline.yaml.Scalars;
import io.autopulse.pipeline.yaml.Section;
import io.autopulse.pipeline.yaml.Value;
import io.autopulse.pipeline.yaml.YamlFile;
import io.autopulse.pipeline.yaml.YamlTree;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Reads the file of a job more strictly than Rundeck, which passes over keys that it does not know:
 * such a key is an error with its line. The keys are those that our jobs need.
 */
final class JobFileReader {
  private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  /** To Rundeck any text is true. */
  private static final Pattern QUOTED_BOOLEAN = Pattern.compile(":\\s*['\"](true|false)['\"]");

  private JobFileReader() {}

  /**
   * Reads a file.
   *
   * @param file what messages call it
   * @throws InputException with every problem found
   */
  static JobFile read(String file, String text) {
    long line = 0;
    for (String written : text.lines().toList()) {
      line++;
      if (QUOTED_BOOLEAN.matcher(written).find()) {
        throw new InputException(
            file + ":" + line, "is text, and to Rundeck any text is true", "Remove the quotes");
      }
    }
    if (YamlTree.read(text, Place.inFile(file), "") instanceof Node.Sequence list
        && list.elements().size() == 1
        && list.elements().get(0) instanceof Node.Mapping job) {
      return YamlFile.bindAsWritten(job, section -> job(file, text, job, section));
    }
    throw new InputException(
        file + ":1", "is not a list of one job", "Keep one job a file, which begins with - name:");
  }

  private static JobFile job(String file, String text, Node.Mapping document, Section section) {
    var name = section.required("name", Scalars.name());
    var group = section.required("group", Scalars.name());
    var uuid = section.required("uuid", Scalars.matching(UUID, "a UUID in small letters"));
    section.required("description", Scalars.text());
    section.required("loglevel", Scalars.oneOf("a log level", List.of("INFO", "WARN", "ERROR")));
    for (String key :
        List.of(
            "executionEnabled",
            "scheduleEnabled",
            "multipleExecutions",
            "nodeFilterEditable",
            "nodesSelectedByDefault")) {
      section.required(key, truth());
    }
    var zone = section.optional("timeZone", Scalars.zone());
    var cron = section.section("schedule", JobFileReader::cron);
    var timeout = section.optional("timeout", Scalars.duration());
    section.refuse(
        "retry",
        "repeats every failure, also of an audit and of a manifest",
        "Remove it: retries in jobs.yaml repeats transient causes alone");
    var options =
        section.list("options", e -> e.section(JobFileReader::option), List.<JobOption>of());
    section.section("nodefilters", JobFileReader::nodes);
    section.optional("notifyAvgDurationThreshold", Scalars.text());
    section.section("notification", JobFileReader::notifications);
    var steps = section.requiredSection("sequence", JobFileReader::sequence);
    return new JobFile(
        file,
        text,
        document,
        name.get(),
        group.get(),
        uuid.get(),
        zone.get(),
        cron.get(),
        timeout.get(),
        options.get(),
        steps.get());
  }

  private static String cron(Section section) {
    section.refuse(
        "crontab",
        "is kept by Rundeck in parts, and would look like a change made there",
        "Write time, month, year, and weekday or dayofmonth");
    var time =
        section.requiredSection(
            "time",
            t -> {
              var seconds = t.required("seconds", Scalars.text());
              var minute = t.required("minute", Scalars.text());
              var hour = t.required("hour", Scalars.text());
              return String.join(" ", seconds.get(), minute.get(), hour.get());
            });
    Function<Section, String> day = d -> d.required("day", Scalars.text()).get();
    var weekday = section.section("weekday", day, "?");
    var dayOfMonth = section.section("dayofmonth", day, "?");
    var month = section.required("month", Scalars.text());
    var year = section.required("year", Scalars.text());
    String cron =
        String.join(" ", time.get(), dayOfMonth.get(), month.get(), weekday.get(), year.get());
    try {
      return Schedule.of(cron, ZoneOffset.UTC).cron();
    } catch (InputException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static JobOption option(Section section) {
    var name =
        section.required(
            "name",
            Scalars.matching(
                Pattern.compile("[a-z][a-z0-9_]*"), "small letters, digits and underscores"));
    section.required("description", Scalars.text());
    section.optional("required", truth());
    var regex = section.optional("regex", JobFileReader::pattern);
    var value = section.optional("value", Scalars.text());
    var secure = section.optional("secure", truth(), false);
    var exposed = section.optional("valueExposed", truth(), false);
    var storagePath = section.optional("storagePath", Scalars.text());
    return new JobOption(
        name.get(), regex.get(), secure.get(), exposed.get(), storagePath.get(), value.get());
  }

  private static boolean nodes(Section section) {
    section.required("filter", Scalars.text());
    section.section(
        "dispatch",
        dispatch -> {
          dispatch.required("threadcount", Scalars.text());
          dispatch.required("keepgoing", truth());
          dispatch.required("excludePrecedence", truth());
          dispatch.required("successOnEmptyNodeFilter", truth());
          dispatch.required("rankOrder", Scalars.text());
          return true;
        });
    return true;
  }

  private static boolean notifications(Section section) {
    for (String trigger : List.of("onfailure", "onavgduration", "onsuccess", "onstart")) {
      section.section(
          trigger,
          notification -> {
            notification.optional("urls", Scalars.text());
            notification.section(
                "email",
                email -> {
                  email.required("recipients", Scalars.text());
                  email.optional("subject", Scalars.text());
                  return true;
                });
            return true;
          });
    }
    return true;
  }

  private static List<JobStep> sequence(Section section) {
    section.required("keepgoing", truth());
    section.required("strategy", Scalars.oneOf("a strategy", List.of("node-first", "sequential")));
    return section.requiredList("commands", JobFileReader::step).get();
  }

  private static Value<JobStep> step(Element element) {
    return element.section(
        section -> {
          section.optional("description", Scalars.text());
          Value<Optional<JobStep>> reference = section.section("jobref", JobFileReader::reference);
          if (section.keys().contains("jobref")) {
            return reference.get().orElseThrow();
          }
          var command = section.required("exec", Scalars.text());
          var filters = section.section("plugins", JobFileReader::filters, List.<LogFilter>of());
          return new JobStep.Call(command.get(), filters.get());
        });
  }

  private static JobStep reference(Section section) {
    var group = section.required("group", Scalars.text());
    var name = section.required("name", Scalars.text());
    var uuid = section.required("uuid", Scalars.text());
    section.optional("args", Scalars.text());
    return new JobStep.Reference(group.get(), name.get(), uuid.get());
  }

  private static List<LogFilter> filters(Section section) {
    return section
        .requiredList(
            "LogFilter",
            element ->
                element.section(
                    filter -> {
                      var type = filter.required("type", Scalars.text());
                      var regex =
                          filter.requiredSection(
                              "config",
                              config -> {
                                config.optional("logData", truth());
                                return config.required("regex", JobFileReader::pattern).get();
                              });
                      return new LogFilter(type.get(), regex.get());
                    }))
        .get();
  }

  private static Function<String, Boolean> truth() {
    return Scalars.oneOf("true or false", List.of(true, false));
  }

  private static Pattern pattern(String text) {
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw new InputException("", "cannot be read: " + e.getDescription(), "Mend the expression");
    }
  }
}
