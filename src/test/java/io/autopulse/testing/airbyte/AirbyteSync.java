package io.autopulse.testing.airbyte;

import com.fasterxml.jackson.databind.JsonNode;
import io.autopulse.testing.AutopulseJar.Call;
import io.autopulse.testing.AutopulseJar.Result;
import io.autopulse.testing.PythonEnvironment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** {@code airbyte/sync} as a user runs it, with a landing zone of its own. */
public final class AirbyteSync {
  private static final Path ROOT = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
  private static final Path SCRIPT = ROOT.resolve("airbyte/sync");

  private final Path folder;
  private final Path environments;
  private final PythonEnvironment python;

  private AirbyteSync(Path folder, Path environments, PythonEnvironment python) {
    this.folder = folder;
    this.environments = environments;
    this.python = python;
  }

  /** Returns the command for an empty folder; makes the connectors' Python environment once. */
  public static AirbyteSync in(Path folder) throws IOException {
    Path environments = ROOT.resolve("target/python/airbyte");
    PythonEnvironment python =
        PythonEnvironment.of(SCRIPT.resolveSibling("requirements.txt"), environments);
    return new AirbyteSync(folder, environments, python);
  }

  /** Writes a connector's configuration; returns its file. */
  public Path config(String connector, String yaml) {
    try {
      return Files.writeString(folder.resolve(connector + ".yaml"), yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts a sync with the configuration that was written last. */
  public Call start(String connector, String... options) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(
        List.of(connector, "--config", folder.resolve(connector + ".yaml").toString()));
    arguments.addAll(List.of("--landing", landing().toString()));
    arguments.addAll(List.of(options));
    return call(SCRIPT, arguments);
  }

  /** Runs a sync to its end. */
  public Result run(String connector, String... options) {
    return start(connector, options).await();
  }

  /** Runs a test's own Python script with the sync's code and environment. */
  public Result python(String script) {
    String file = ROOT.resolve("src/test/python").resolve(script).toString();
    return call(python.interpreter(), List.of(file)).await();
  }

  /** Starts a program with arguments. */
  public Call call(Path program, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(arguments);
    return Call.start(
        command,
        arguments,
        folder,
        Map.of(
            "PYTHONPATH",
            SCRIPT.getParent().toString(),
            "PYTHONDONTWRITEBYTECODE",
            "1",
            "MARKET_SECRET",
            MarketApis.SECRET,
            "AUTOPULSE_AIRBYTE_ENVIRONMENT",
            environments.toString()));
  }

  /** Returns the landing zone. */
  public Path landing() {
    return folder.resolve("landing");
  }

  /** Returns the files of a stream that a reader of {@code *.jsonl} sees, in their order. */
  public List<Path> files(String stream) {
    Path streams = landing().resolve("market").resolve(stream);
    if (!Files.isDirectory(streams)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(streams)) {
      return files
          .filter(file -> file.getFileName().toString().matches("[^.].*\\.jsonl"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the envelopes of a stream's files. */
  public List<JsonNode> envelopes(String stream) {
    List<JsonNode> envelopes = new ArrayList<>();
    for (Path file : files(stream)) {
      try {
        Files.readAllLines(file).forEach(line -> envelopes.add(MarketApis.tree(line)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return envelopes;
  }

  /** Returns the records of a stream's files. */
  public List<JsonNode> records(String stream) {
    return envelopes(stream).stream().map(envelope -> envelope.get("_airbyte_data")).toList();
  }
}
