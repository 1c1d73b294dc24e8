package io.autopulse.pipeline.yaml;

import java.util.HashMap;
import java.util.Map;

/**
 * Where the values of a manifest were written.
 *
 * @param texts by dotted path, the beginning of a message: {@code file:line: path.to.field}
 */
public record Places(Map<String, String> texts) {
  /** Keeps its own copy. */
  public Places {
    texts = Map.copyOf(texts);
  }

  /** Returns the places of the values of a document. */
  public static Places of(Node tree) {
    Map<String, String> texts = new HashMap<>();
    collect(tree, texts);
    return new Places(texts);
  }

  /**
   * Returns the place of a value for a message; of a value that was not written, the place of the
   * nearest map around it.
   *
   * @param path the dotted path, such as {@code feeds.sales.columns.sold_at}
   */
  public String of(String path) {
    String text = texts.get(path);
    if (text != null || path.isEmpty()) {
      return text == null ? "" : text;
    }
    return of(path.substring(0, Math.max(0, path.lastIndexOf('.'))));
  }

  private static void collect(Node node, Map<String, String> texts) {
    texts.put(node.place().path(), node.place().text());
    if (node instanceof Node.Mapping mapping) {
      mapping.entries().values().forEach(child -> collect(child, texts));
    } else if (node instanceof Node.Sequence sequence) {
      sequence.elements().forEach(child -> collect(child, texts));
    }
  }
}
