package io.autopulse.operations.metabase;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autopulse.domain.problem.InputException;
import io.autopulse.operations.metabase.Content.Kind;
import io.autopulse.pipeline.yaml.YamlFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Our content as files: collections, questions and dashboards below one collection.
 *
 * @param contents them, by the names of their files
 */
public record ContentFolder(List<Content> contents) {
  /** Where the files lead to the web dashboard. */
  public static final String DASHBOARD = "http://127.0.0.1:8642/";

  private static final String CONTENT = "collections/main";

  /** Keeps its own copy. */
  public ContentFolder {
    contents = List.copyOf(contents);
  }

  /**
   * Reads a folder.
   *
   * @param dashboard the address of the web dashboard that links lead to, ending in a slash
   * @throws InputException with every file that cannot be read
   */
  public static ContentFolder read(Path folder, String dashboard) {
    List<Content> contents = new ArrayList<>();
    List<InputException> problems = new ArrayList<>();
    for (Path file : files(folder.resolve(CONTENT))) {
      try {
        contents.add(content(file.toString(), YamlFile.text(file).replace(DASHBOARD, dashboard)));
      } catch (InputException e) {
        problems.add(e);
      }
    }
    if (contents.isEmpty() && problems.isEmpty()) {
      throw unreadable(folder, null);
    }
    if (!problems.isEmpty()) {
      throw InputException.all(problems);
    }
    return new ContentFolder(contents);
  }

  static Content content(String file, String yaml) {
    try {
      if (Json.ofYaml(yaml) instanceof ObjectNode document) {
        String model = document.path("serdes/meta").path(0).path("model").asText();
        Optional<Kind> kind =
            Arrays.stream(Kind.values()).filter(one -> one.model().equals(model)).findFirst();
        if (kind.isPresent()) {
          return new Content(file, yaml, kind.get(), document);
        }
      }
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      throw new InputException(
          file + ":" + line, "cannot be read as YAML", "Check the indentation and quotes", e);
    }
    throw new InputException(
        file,
        "is neither a collection nor a card nor a dashboard",
        "Write serdes/meta with the model Collection, Card or Dashboard");
  }

  /**
   * Writes the files, in the place of what is in the folder.
   *
   * @param dashboard the address of the web dashboard that links lead to
   */
  public void write(Path folder, String dashboard) {
    Path root = folder.resolve(CONTENT);
    try {
      if (Files.isDirectory(root)) {
        for (Path old : files(root)) {
          Files.delete(old);
        }
      }
      for (Content content : contents) {
        Path file = root.resolve(content.file());
        Files.createDirectories(file.getParent());
        Files.writeString(file, content.yaml().replace(dashboard, DASHBOARD));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns those of a kind. */
  public List<Content> of(Kind kind) {
    return contents.stream().filter(content -> content.kind() == kind).toList();
  }

  /** Returns one by its identity. */
  public Optional<Content> find(Kind kind, String id) {
    return of(kind).stream().filter(content -> content.id().equals(id)).findFirst();
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  private static InputException unreadable(Path folder, @Nullable Throwable cause) {
    InputException problem =
        new InputException(
            folder.toString(),
            "has no files of Metabase that can be read",
            "Name the folder that has " + CONTENT + " by --folder");
    if (cause != null) {
      problem.initCause(cause);
    }
    return problem;
  }
}
