package io.autopulse.source.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The keys of the first records of JSON files.
 *
 * @param records how many records were looked at
 * @param keys the keys of a record, and of the Airbyte envelope around it, in the order they come
 * @param nested the keys of the objects within a record
 */
public record JsonKeys(int records, Set<String> keys, Set<String> nested) {
  /** How many records are looked at. */
  public static final int MOST_RECORDS = 1_000;

  /** How much text is looked at, in bytes. */
  private static final int MOST_BYTES = 4 << 20;

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String AIRBYTE_DATA = "_airbyte_data";

  /** Copies the sets, in their order. */
  public JsonKeys {
    keys = new LinkedHashSet<>(keys);
    nested = new LinkedHashSet<>(nested);
  }

  /** Looks at the files in their order, until enough was seen; lines that are no object are not. */
  public static JsonKeys of(List<String> files) throws IOException {
    Sample sample = new Sample();
    for (String file : files) {
      if (sample.isFull()) {
        break;
      }
      try (InputStream text = TextFiles.open(file, FileFormat.JSON_LINES)) {
        sample.read(text.readNBytes(MOST_BYTES - sample.bytes));
      }
    }
    return new JsonKeys(sample.records, sample.keys, sample.nested);
  }

  private static final class Sample {
    private final Set<String> keys = new LinkedHashSet<>();
    private final Set<String> nested = new LinkedHashSet<>();
    private int records;
    private int bytes;

    boolean isFull() {
      return records >= MOST_RECORDS || bytes >= MOST_BYTES;
    }

    void read(byte[] text) {
      bytes += text.length;
      for (String line : (Iterable<String>) new String(text, UTF_8).lines()::iterator) {
        if (records >= MOST_RECORDS) {
          return;
        }
        read(line);
      }
    }

    private void read(String line) {
      JsonNode node;
      try {
        node = MAPPER.readTree(line);
      } catch (JsonProcessingException e) {
        // No record, or one that is cut off: the run rejects it if it is one.
        return;
      }
      if (node == null || !node.isObject()) {
        return;
      }
      records++;
      node.fieldNames().forEachRemaining(keys::add);
      node.forEach(this::nest);
      JsonNode data = node.path(AIRBYTE_DATA);
      if (data.isObject()) {
        data.fieldNames().forEachRemaining(keys::add);
      }
    }

    private void nest(JsonNode node) {
      if (node.isObject()) {
        node.fieldNames().forEachRemaining(nested::add);
      }
      node.forEach(this::nest);
    }
  }
}
