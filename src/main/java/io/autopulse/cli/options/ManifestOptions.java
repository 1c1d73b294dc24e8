package io.autopulse.cli.options;

import io.autopulse.domain.problem.InputException;
import io.autopulse.domain.problem.NearestName;
import io.autopulse.pipeline.manifest.Manifest;
import io.autopulse.pipeline.manifest.ManifestReader;
import io.autopulse.pipeline.yaml.Setting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A manifest, and the values that the call sets in its place. */
public final class ManifestOptions {
  private static final int NEAREST = 3;

  @Parameters(index = "0", paramLabel = "MANIFEST", description = "The job's YAML file.")
  private Path file;

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = "Set a value of the manifest: --set lookback=5w, --set kpis.grains=[day].")
  private List<String> settings = new ArrayList<>();

  @Option(
      names = "--warehouse",
      paramLabel = "URI",
      description = "Publish to this warehouse, such as duckdb:autopulse.duckdb.")
  private @Nullable String warehouse;

  /**
   * Reads the manifest.
   *
   * @throws InputException if the file is missing, or with every problem in it
   */
  public Manifest read() {
    return read(List.of());
  }

  /**
   * Reads the manifest, and sets what other options of the command stand for.
   *
   * @param options applied before those of {@code --set}
   * @throws InputException if the file is missing, or with every problem in it
   */
  public Manifest read(List<Setting> options) {
    List<Setting> values = new ArrayList<>(options);
    settings.stream().map(Setting::parse).forEach(values::add);
    if (warehouse != null) {
      values.add(new Setting("--warehouse", "warehouse", warehouse));
    }
    return read(file, values);
  }

  /**
   * Reads a manifest.
   *
   * @param values set in the place of its own
   * @throws InputException if the file is missing, or with every problem in it
   */
  public static Manifest read(Path file, List<Setting> values) {
    if (!Files.exists(file)) {
      throw new InputException(file.toString(), "there is no such manifest", nearestFiles(file));
    }
    return new ManifestReader(System.getenv()).read(file, values);
  }

  /** Returns the manifest as the call named it. */
  public String name() {
    return file.toString();
  }

  private static String nearestFiles(Path file) {
    Map<String, Path> byName = new HashMap<>();
    Path parent = Objects.requireNonNullElse(file.getParent(), Path.of(""));
    Stream.of(Path.of("pipelines"), parent)
        .flatMap(folder -> yamlFiles(folder).stream())
        .forEach(path -> byName.put(path.getFileName().toString(), path));
    List<String> nearest =
        NearestName.sorted(file.getFileName().toString(), byName.keySet()).stream()
            .limit(NEAREST)
            .map(name -> String.valueOf(byName.get(name)))
            .toList();
    return nearest.isEmpty()
        ? "Name a YAML file; the source tree has some in the folder pipelines"
        : "Nearest: " + String.join(", ", nearest);
  }

  private static List<Path> yamlFiles(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.toString().matches(".*\\.ya?ml")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
