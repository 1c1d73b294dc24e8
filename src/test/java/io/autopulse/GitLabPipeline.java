package io.autopulse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which jobs of {@code .gitlab-ci.yml} GitLab runs: its {@code rules} with {@code if} and {@code
 * when}, and {@code extends}, as far as that file uses them; anything else is refused.
 */
final class GitLabPipeline {
  private static final Pattern COMPARISON =
      Pattern.compile("\\$(\\w+)\\s*(==|!=)\\s*(?:\"([^\"]*)\"|\\$(\\w+))|\\$(\\w+)");

  private final JsonNode file;

  GitLabPipeline(Path path) throws IOException {
    file = new YAMLMapper().readTree(path.toFile());
  }

  /** Returns the jobs of each stage, in the order of the file; none if there is no pipeline. */
  Map<String, List<String>> jobs(Map<String, String> variables) {
    Map<String, List<String>> jobs = new TreeMap<>();
    if (!applies(file.path("workflow").path("rules"), variables)) {
      return jobs;
    }
    for (Map.Entry<String, JsonNode> entry : file.properties()) {
      String name = entry.getKey();
      if (!name.startsWith(".")
          && !inherited(name, "script").isMissingNode()
          && applies(inherited(name, "rules"), variables)) {
        jobs.computeIfAbsent(inherited(name, "stage").asText(), stage -> new ArrayList<>())
            .add(name);
      }
    }
    return jobs;
  }

  /** Returns the jobs that a job waits for. */
  List<String> needs(String job) {
    List<String> needs = new ArrayList<>();
    inherited(job, "needs").forEach(need -> needs.add(need.asText()));
    return needs;
  }

  /** Returns the lines of a job's script. */
  List<String> script(String job) {
    List<String> lines = new ArrayList<>();
    inherited(job, "script").forEach(line -> lines.add(line.asText()));
    return lines;
  }

  private JsonNode inherited(String job, String key) {
    JsonNode own = file.path(job).path(key);
    if (!own.isMissingNode()) {
      return own;
    }
    JsonNode parents = file.path(job).path("extends");
    List<String> names = new ArrayList<>();
    if (parents.isTextual()) {
      names.add(parents.asText());
    }
    parents.forEach(parent -> names.add(parent.asText()));
    // The last one that has the key wins.
    for (int i = names.size() - 1; i >= 0; i--) {
      JsonNode found = inherited(names.get(i), key);
      if (!found.isMissingNode()) {
        return found;
      }
    }
    return file.path(job).path(key);
  }

  /** Returns the jobs of {@link #jobs} that wait for a person. */
  List<String> manual(Map<String, String> variables) {
    return jobs(variables).values().stream()
        .flatMap(List::stream)
        .filter(job -> inherited(job, "rules").findValuesAsText("when").contains("manual"))
        .toList();
  }

  /** Returns the text of a key of a job; empty if it has none. */
  String text(String job, String key) {
    return inherited(job, key).asText();
  }

  private static boolean applies(JsonNode rules, Map<String, String> variables) {
    if (rules.isMissingNode()) {
      return true;
    }
    for (JsonNode rule : rules) {
      rule.fieldNames()
          .forEachRemaining(
              key -> {
                if (!key.equals("if") && !key.equals("when")) {
                  throw new IllegalArgumentException("not looked at: " + key);
                }
              });
      if (holds(rule.path("if").asText(), variables)) {
        return !rule.path("when").asText().equals("never");
      }
    }
    return false;
  }

  private static String other(Matcher comparison, Map<String, String> variables) {
    return comparison.group(4) == null
        ? comparison.group(3)
        : variables.getOrDefault(comparison.group(4), "");
  }

  private static boolean holds(String condition, Map<String, String> variables) {
    for (String term : condition.split("&&")) {
      Matcher comparison = COMPARISON.matcher(term.strip());
      if (!comparison.matches()) {
        throw new IllegalArgumentException("not looked at: " + term);
      }
      boolean holds =
          comparison.group(5) != null
              ? !variables.getOrDefault(comparison.group(5), "").isEmpty()
              : variables.getOrDefault(comparison.group(1), "").equals(other(comparison, variables))
                  == comparison.group(2).equals("==");
      if (!holds) {
        return false;
      }
    }
    return true;
  }
}
