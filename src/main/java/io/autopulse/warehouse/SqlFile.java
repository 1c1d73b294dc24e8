package io.autopulse.warehouse;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.stream.Collectors;

/**
 * A SQL statement in a resource beside the class that runs it. Its only placeholders are {@code
 * {name}}: some get their values here, {@link Session} fills the rest and refuses one without a
 * value. Lines that are comments are for the reader and are left out.
 */
public final class SqlFile {
  /** Read once a process: a live job runs the same twenty every second. */
  private static final Map<String, String> STATEMENTS = new ConcurrentHashMap<>();

  private SqlFile() {}

  /**
   * Reads a statement whose placeholders the session fills.
   *
   * @param beside a class of the package that has the resource
   * @param name the resource's path from there, without {@code .sql}
   * @throws IllegalArgumentException if there is no such resource
   */
  public static String read(Class<?> beside, String name) {
    return read(beside, name, Map.of());
  }

  /**
   * Reads a statement and fills some of its placeholders.
   *
   * @param beside a class of the package that has the resource
   * @param name the resource's path from there, without {@code .sql}
   * @param values SQL text by placeholder; a value may have placeholders of the session
   * @throws IllegalArgumentException if there is no such resource, or a value's placeholder is not
   *     in it
   */
  public static String read(Class<?> beside, String name, Map<String, String> values) {
    String statement =
        STATEMENTS.computeIfAbsent(
            beside.getPackageName() + "/" + name, path -> statement(beside, name + ".sql"));
    Set<String> unused = new HashSet<>(values.keySet());
    String filled =
        SqlNames.PLACEHOLDER
            .matcher(statement)
            .replaceAll(
                found -> {
                  unused.remove(found.group(1));
                  return Matcher.quoteReplacement(
                      values.getOrDefault(found.group(1), found.group()));
                });
    if (!unused.isEmpty()) {
      throw new IllegalArgumentException(name + ".sql has no placeholder " + unused);
    }
    return filled;
  }

  private static String statement(Class<?> beside, String file) {
    return text(beside, file)
        .lines()
        .filter(line -> !line.strip().startsWith("--"))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String text(Class<?> beside, String file) {
    try (InputStream resource = beside.getResourceAsStream(file)) {
      if (resource == null) {
        throw new IllegalArgumentException(
            "no resource " + file + " in package " + beside.getPackageName());
      }
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
