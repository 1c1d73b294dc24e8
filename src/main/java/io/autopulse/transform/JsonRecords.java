package io.autopulse.transform;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autopulse.domain.quality.FeedFormat;
import io.autopulse.domain.quality.RawBlock;
import io.autopulse.domain.quality.RawFields;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The records of a JSON block, an object a line. An Airbyte envelope's record is its {@code
 * _airbyte_data}. A JSON null is an absent value; nested values are their JSON text.
 */
final class JsonRecords implements RecordReader {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final JsonFactory FACTORY = MAPPER.getFactory();
  private static final String AIRBYTE_DATA = "_airbyte_data";

  private final List<String> columns;
  private final Map<String, Integer> columnOf = new HashMap<>();
  private final @Nullable String[] values;
  private final RawFields fields = new RawFields();
  private final ChangeSigns signs = new ChangeSigns();
  private int recordFrom;
  private int recordTo;

  /** Makes a reader that hands over the named values, in this order, as a record's fields. */
  JsonRecords(List<String> columns) {
    this.columns = List.copyOf(columns);
    for (int i = 0; i < columns.size(); i++) {
      columnOf.put(columns.get(i), i);
    }
    values = new String[columns.size()];
  }

  @Override
  public void read(RawBlock block, RecordHandler handler) {
    eachLine(block, (text, from, to, line) -> read(text, from, to, line, handler));
  }

  /** Takes a line of a block: the bytes from one place of the text up to another. */
  @FunctionalInterface
  interface LineHandler {
    void line(byte[] text, int from, int to, long line);
  }

  /** Hands over the lines of a block that are not blank. */
  static void eachLine(RawBlock block, LineHandler handler) {
    byte[] text = block.text();
    long line = block.firstLine();
    for (int from = 0; from < text.length; line++) {
      int to = from;
      while (to < text.length && text[to] != '\n') {
        to++;
      }
      if (!isBlank(text, from, to)) {
        handler.line(text, from, to, line);
      }
      from = to + 1;
    }
  }

  private static boolean isBlank(byte[] text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text[i] > ' ' || text[i] < 0) {
        return false;
      }
    }
    return true;
  }

  /** Hands over the record that a part of a text is. */
  void read(byte[] text, int from, int to, long line, RecordHandler handler) {
    java.util.Arrays.fill(values, null);
    signs.clear();
    recordFrom = from;
    recordTo = to;
    try (JsonParser parser = FACTORY.createParser(text, from, to - from)) {
      JsonToken first = parser.nextToken();
      if (first == JsonToken.VALUE_NULL) {
        handler.refused(ChangeSigns.NO_VALUE, line);
        return;
      }
      if (first != JsonToken.START_OBJECT) {
        handler.malformed(string(text, from, to), line, "it is not a JSON object");
        return;
      }
      readObject(parser, true);
      if (parser.nextToken() != null) {
        handler.malformed(string(text, from, to), line, "there is text after the JSON object");
        return;
      }
    } catch (JsonProcessingException e) {
      // Jackson's message quotes the text, and the text may be sensitive.
      long column = e.getLocation() == null ? 1 : e.getLocation().getColumnNr();
      handler.malformed(string(text, from, to), line, "it is not JSON at character " + column);
      return;
    } catch (IOException e) {
      // Bytes in memory fail only to decode.
      handler.malformed(string(text, from, to), line, "its characters cannot be decoded");
      return;
    }
    if (signs.ofDeletion()) {
      handler.refused(ChangeSigns.DELETED, line);
      return;
    }
    if (signs.ofEnvelope()) {
      handler.malformed(string(text, from, to), line, ChangeSigns.ENVELOPE);
      return;
    }
    fields.clear();
    for (int i = 0; i < columns.size(); i++) {
      String value = values[i];
      fields.add(value == null ? "" : value);
    }
    handler.record(fields, line);
  }

  private void readObject(JsonParser parser, boolean top) throws IOException {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      JsonToken token = parser.nextToken();
      if (top && token == JsonToken.START_OBJECT && name.equals(AIRBYTE_DATA)) {
        readObject(parser, false);
        continue;
      }
      Integer column = columnOf.get(name);
      if (column == null) {
        signs.unknown(name, token, parser);
        parser.skipChildren();
        continue;
      }
      signs.known();
      if (token.isStructStart()) {
        values[column] = MAPPER.readTree(parser).toString();
      } else {
        values[column] = token == JsonToken.VALUE_NULL ? null : parser.getText();
      }
    }
  }

  static String string(byte[] text, int from, int to) {
    return new String(text, from, to - from, UTF_8).strip();
  }

  @Override
  public boolean fits(RawBlock block) {
    return true;
  }

  @Override
  public String raw(RawBlock block, List<String> sensitive) {
    String record = string(block.text(), recordFrom, recordTo);
    if (sensitive.isEmpty()) {
      return record;
    }
    try {
      JsonNode tree = MAPPER.readTree(record);
      mask(tree, sensitive);
      return tree.toString();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the record was JSON when it was parsed", e);
    }
  }

  /** Masks sensitive values, however deep. */
  static void mask(JsonNode node, List<String> sensitive) {
    if (node instanceof ObjectNode object) {
      for (String key : sensitive) {
        if (object.hasNonNull(key)) {
          object.put(key, FeedFormat.MASK);
        }
      }
    }
    node.forEach(child -> mask(child, sensitive));
  }
}
