package io.autopulse.operations.health;

import io.autopulse.domain.health.Severity;
import io.autopulse.domain.health.ShareLimits;
import io.autopulse.domain.health.Symptom;
import io.autopulse.domain.health.VolumeLimits;
import io.autopulse.domain.problem.InputException;
import io.autopulse.operations.health.HealthConfig.AlertSettings;
import io.autopulse.operations.health.HealthConfig.Coverage;
import io.autopulse.operations.health.HealthConfig.Flow;
import io.autopulse.operations.health.HealthConfig.Limits;
import io.autopulse.operations.health.HealthConfig.Objective;
import io.autopulse.operations.health.HealthConfig.WebhookSettings;
import io.autopulse.pipeline.yaml.Place;
import io.autopulse.pipeline.yaml.Scalars;
import io.autopulse.pipeline.yaml.Section;
import io.autopulse.pipeline.yaml.Value;
import io.autopulse.pipeline.yaml.YamlFile;
import io.autopulse.pipeline.yaml.YamlTree;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code health.yaml} as strictly as manifests: what is not known is an error. */
public final class HealthConfigReader {
  private static final String RESOURCE = "/io/autopulse/pipelines/health.yaml";
  private static final Pattern TABLE = Pattern.compile("[a-z][a-z0-9_]{0,63}");
  private static final Pattern VARIABLE = Pattern.compile("[A-Z][A-Z0-9_]{0,63}");
  private static final int MOST = 1_000_000;

  private final Map<String, String> environment;

  /**
   * Makes a reader.
   *
   * @param environment the variables that <code>${NAME}</code> stands for
   */
  public HealthConfigReader(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /**
   * Reads a file, or the one that ships with Autopulse.
   *
   * @throws io.autopulse.domain.problem.InputException with every problem found
   */
  public HealthConfig read(Optional<Path> file) {
    return file.map(path -> read(path.toString(), YamlFile.text(path)))
        .orElseGet(() -> read("health.yaml (shipped)", YamlFile.shipped(RESOURCE)));
  }

  HealthConfig read(String name, String yaml) {
    return YamlFile.bind(
        YamlTree.read(yaml, Place.inFile(name), ""), environment, HealthConfigReader::config);
  }

  private static HealthConfig config(Section root) {
    var country = root.optional("country", Scalars.name());
    Value<List<Flow>> flows = root.requiredSection("jobs", HealthConfigReader::flows);
    Value<Limits> limits = root.requiredSection("limits", HealthConfigReader::limits);
    Value<Map<String, Objective>> objectives =
        root.section("objectives", HealthConfigReader::objectives, Map.of());
    Value<AlertSettings> alerts =
        root.section(
            "alerts",
            HealthConfigReader::alerts,
            new AlertSettings(
                Severity.ERROR, Optional.empty(), Optional.empty(), Optional.empty()));
    return new HealthConfig(
        country.get(), flows.get(), limits.get(), objectives.get(), alerts.get());
  }

  private static List<Flow> flows(Section section) {
    List<Value<Flow>> flows =
        section.keys().stream()
            .map(job -> section.requiredSection(job, flow -> flow(section, job, flow)))
            .toList();
    return flows.stream().map(Value::get).toList();
  }

  private static Flow flow(Section jobs, String job, Section section) {
    var run = section.optional("run", Scalars.name());
    var feeds = section.map("feeds", HealthConfig.FEEDS, Scalars.duration());
    var tables =
        section.list(
            "tables",
            e -> e.scalar(Scalars.matching(TABLE, "a name of a table")),
            List.<String>of());
    var after =
        section.list(
            "after", e -> e.scalar(Scalars.oneOf("a job of this file", jobs.keys())), List.of());
    var within = section.optional("within", Scalars.duration(), Duration.ofHours(3));
    return new Flow(job, run.get(), feeds.get(), tables.get(), after.get(), within.get());
  }

  private static Limits limits(Section section) {
    Value<VolumeLimits> volume = section.requiredSection("volume", HealthConfigReader::volume);
    var history = section.optional("history", Scalars.wholeNumber(56, 3_660), 800);
    Value<ShareLimits> rejected = section.requiredSection("rejected", HealthConfigReader::share);
    Value<ShareLimits> duplicates =
        section.requiredSection("duplicates", HealthConfigReader::share);
    Value<Coverage> coverage = section.requiredSection("coverage", HealthConfigReader::coverage);
    var live = section.required("live_lag", Scalars.duration());
    var ahead = section.required("ahead", Scalars.duration());
    var aheadFewest = section.optional("ahead_fewest", Scalars.wholeNumber(1, MOST), 1);
    var grace = section.required("start_grace", Scalars.duration());
    var stuck = section.required("stuck_after", Scalars.duration());
    return new Limits(
        volume.get(),
        history.get(),
        rejected.get(),
        duplicates.get(),
        coverage.get(),
        live.get(),
        ahead.get(),
        aheadFewest.get(),
        grace.get(),
        stuck.get());
  }

  private static VolumeLimits volume(Section section) {
    var low = section.required("low", Scalars.fraction(true));
    var high = section.required("high", Scalars.fraction(false));
    var count = section.required("count", Scalars.wholeNumber(1, MOST));
    var spreads = section.required("spreads", Scalars.fraction(false));
    return new VolumeLimits(
        low.get().doubleValue(),
        high.get().doubleValue(),
        count.get(),
        spreads.get().doubleValue());
  }

  private static ShareLimits share(Section section) {
    var fewest = section.required("fewest", Scalars.wholeNumber(1, MOST));
    var share = section.required("share", Scalars.fraction(true));
    var factor = section.required("factor", Scalars.fraction(false));
    return new ShareLimits(fewest.get(), share.get().doubleValue(), factor.get().doubleValue());
  }

  private static Coverage coverage(Section section) {
    var fewest = section.required("fewest", Scalars.wholeNumber(1, MOST));
    var tolerance = section.required("tolerance", Scalars.fraction(true));
    return new Coverage(fewest.get(), tolerance.get().doubleValue());
  }

  private static Map<String, Objective> objectives(Section section) {
    Map<String, Value<Objective>> objectives = new LinkedHashMap<>();
    for (String name : section.keys()) {
      objectives.put(name, section.requiredSection(name, HealthConfigReader::objective));
    }
    Map<String, Objective> read = new LinkedHashMap<>();
    objectives.forEach((name, objective) -> read.put(name, objective.get()));
    return read;
  }

  private static Objective objective(Section section) {
    var holds = section.required("holds", HealthConfigReader::shareOfTime);
    var symptoms =
        section.requiredList(
            "broken_by", e -> e.scalar(Scalars.oneOf("a finding", List.of(Symptom.values()))));
    return new Objective(holds.get(), new HashSet<>(symptoms.get()));
  }

  private static double shareOfTime(String text) {
    BigDecimal share = Scalars.fraction(true).apply(text);
    if (share.signum() == 0 || share.compareTo(BigDecimal.ONE) == 0) {
      throw Scalars.expected(text, "a share above 0 and below 1, such as 0.99");
    }
    return share.doubleValue();
  }

  private static AlertSettings alerts(Section section) {
    var least =
        section.optional(
            "least", Scalars.oneOf("a severity", List.of(Severity.values())), Severity.ERROR);
    Value<Optional<WebhookSettings>> webhook =
        section.section("webhook", HealthConfigReader::webhook);
    Value<Optional<List<String>>> mail =
        section.section(
            "mail", s -> s.requiredList("command", e -> e.scalar(Scalars.text())).get());
    Value<Optional<Path>> file =
        section.section("file", s -> s.required("path", Scalars.path()).get());
    return new AlertSettings(least.get(), webhook.get(), mail.get(), file.get());
  }

  private static WebhookSettings webhook(Section section) {
    var url = section.required("url", HealthConfigReader::variable);
    var token = section.optional("token", HealthConfigReader::variable);
    return new WebhookSettings(url.get(), token.get());
  }

  /** What stands in the place of a variable's name may be the secret itself: it is not shown. */
  private static String variable(String text) {
    if (!VARIABLE.matcher(text).matches()) {
      throw new InputException(
          "",
          "is not a name of an environment variable",
          "Write the secret into a variable, and the variable's name here");
    }
    return text;
  }
}
