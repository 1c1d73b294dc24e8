package io.autopulse.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code openapi.yaml} describes. */
final class OpenApi {
  private static final Pattern PARAMETER = Pattern.compile("#/components/parameters/(\\w+)");

  private OpenApi() {}

  /** Returns the paths. */
  static List<String> paths(String description) {
    return List.copyOf(parameters(description).keySet());
  }

  /** Returns the parameters of each path. */
  static Map<String, List<String>> parameters(String description) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    List<String> current = new ArrayList<>();
    for (String line : description.lines().toList()) {
      if (line.startsWith("components:")) {
        break;
      }
      if (line.startsWith("  /")) {
        current = new ArrayList<>();
        parameters.put(line.strip().replace(":", ""), current);
      }
      Matcher matcher = PARAMETER.matcher(line);
      if (matcher.find()) {
        current.add(matcher.group(1));
      }
    }
    return parameters;
  }
}
