package io.autopulse.operations.rundeck;

import io.autopulse.pipeline.yaml.Node;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A job as single texts by path, such as {@code schedule.time.hour}; what is empty has none. */
final class JobTexts {
  private JobTexts() {}

  /** Returns the texts of a job. */
  static Map<String, String> of(Node.Mapping job) {
    Map<String, String> texts = new TreeMap<>();
    add(job, "", texts);
    return texts;
  }

  private static void add(Node node, String path, Map<String, String> texts) {
    if (node instanceof Node.Scalar scalar) {
      if (!scalar.text().isEmpty()) {
        texts.put(path, scalar.text());
      }
    } else if (node instanceof Node.Mapping map) {
      map.entries().forEach((key, value) -> add(value, join(path, key), texts));
    } else if (node instanceof Node.Sequence list) {
      addAll(list.elements(), path, texts);
    }
  }

  private static void addAll(List<Node> elements, String path, Map<String, String> texts) {
    for (int i = 0; i < elements.size(); i++) {
      // Newer servers export a list of maps for each trigger, one for email and one for urls.
      boolean notification = path.matches("notification\\.[a-z]+");
      add(elements.get(i), notification ? path : join(path, String.valueOf(i)), texts);
    }
  }

  private static String join(String path, String part) {
    return path.isEmpty() ? part : path + "." + part;
  }
}
