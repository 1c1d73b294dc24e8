package io.autopulse.pipeline.runner;

import io.autopulse.domain.problem.InputException;
import io.autopulse.pipeline.runner.RunnerConfig.Runner;
import io.autopulse.pipeline.yaml.Node;
import io.autopulse.pipeline.yaml.Place;
import io.autopulse.pipeline.yaml.Scalars;
import io.autopulse.pipeline.yaml.Section;
import io.autopulse.pipeline.yaml.Value;
import io.autopulse.pipeline.yaml.YamlFile;
import io.autopulse.pipeline.yaml.YamlTree;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads runner configurations as strictly as manifests: {@code runner}, {@code parallelism} ({@code
 * auto} or a number), {@code options} (Beam's, checked by name and type) and {@code
 * flink_configuration} (Flink's keys, for the embedded Flink).
 */
public final class RunnerConfigReader {
  /** The configurations that ship with Autopulse. */
  public static final List<String> SHIPPED =
      List.of("direct", "flink-local", "flink-cluster", "flink-live", "flink-cluster-live");

  private static final String RESOURCES = "/io/autopulse/runner-configs/";

  /** Options that this file has keys of its own for. */
  private static final Set<String> OWN_KEYS =
      Set.of("runner", "parallelism", "targetParallelism", "flinkConfDir");

  private static final int MOST_PARALLELISM = 32_768;

  private final Map<String, String> environment;

  /**
   * Makes a reader.
   *
   * @param environment the variables that <code>${NAME}</code> stands for
   */
  public RunnerConfigReader(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /**
   * Reads a file.
   *
   * @param file the file
   * @throws InputException with every problem found
   */
  public RunnerConfig read(Path file) {
    return read(file.toString(), YamlFile.text(file));
  }

  /**
   * Reads a configuration that ships with Autopulse.
   *
   * @param name one of {@link #SHIPPED}
   * @throws InputException if a variable that it needs is wrong
   */
  public RunnerConfig shipped(String name) {
    return read(name + ".yaml (shipped)", YamlFile.shipped(RESOURCES + name + ".yaml"));
  }

  /**
   * Reads a configuration's text.
   *
   * @param name what messages call it
   * @param yaml its text
   * @throws InputException with every problem found
   */
  public RunnerConfig read(String name, String yaml) {
    Node tree = YamlTree.read(yaml, Place.inFile(name), "");
    return YamlFile.bind(tree, environment, RunnerConfigReader::config);
  }

  private static RunnerConfig config(Section root) {
    var runner = root.required("runner", Scalars.oneOf("a runner", List.of(Runner.values())));
    var parallelism =
        root.optional("parallelism", RunnerConfigReader::parallelism, OptionalInt.empty());
    Value<Map<String, String>> options =
        root.section("options", RunnerConfigReader::options, Map.of());
    Value<Map<String, String>> flink =
        root.section("flink_configuration", RunnerConfigReader::anyEntries, Map.of());
    return new RunnerConfig(runner.get(), parallelism.get(), options.get(), flink.get());
  }

  private static OptionalInt parallelism(String text) {
    return text.equals("auto")
        ? OptionalInt.empty()
        : OptionalInt.of(Scalars.wholeNumber(1, MOST_PARALLELISM).apply(text));
  }

  private static Map<String, String> options(Section section) {
    for (String own : OWN_KEYS) {
      section.refuse(
          own,
          "is not set among the options",
          "Use the keys runner, parallelism and flink_configuration of this file");
    }
    Map<String, Value<Optional<String>>> values = new LinkedHashMap<>();
    Set<String> names = BeamOptions.names();
    names.removeAll(OWN_KEYS);
    for (String name : names) {
      values.put(name, section.optional(name, checkedOption(name)));
    }
    return Section.present(values);
  }

  private static Function<String, String> checkedOption(String name) {
    return text -> {
      BeamOptions.check(name, text);
      return text;
    };
  }

  private static Map<String, String> anyEntries(Section section) {
    return section.entries(section.keys(), Function.identity());
  }
}
