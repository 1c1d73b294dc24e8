package io.autopulse.transform.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.autopulse.domain.feed.ColumnNames;
import io.autopulse.domain.feed.FeedFormat;
import io.autopulse.domain.feed.RawBlock;
import io.autopulse.domain.feed.RawFields;
import io.autopulse.domain.feed.Rejection;
import io.autopulse.domain.feed.SensitiveNames;
import io.autopulse.domain.feed.value.EscapedBytes;
import io.autopulse.domain.sale.WhiteSpace;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The records of a JSON block, an object a line. An Airbyte envelope's record is its {@code
 * _airbyte_data}. A JSON null is an absent value; nested values are their JSON text. A record that
 * has a key twice which is read cannot be read.
 */
final class JsonRecords implements RecordReader {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final JsonFactory FACTORY = MAPPER.getFactory();
  private static final String AIRBYTE_DATA = "_airbyte_data";

  private static final int MOST_KEYS = 1 << 12;

  private final ColumnNames columns;
  private final SensitiveNames sensitive;
  // By key as it comes: keys are few, unless a source makes them of its data.
  private final Map<String, ColumnNames.Found> found = new HashMap<>();
  private final @Nullable String[] values;
  private final boolean[] numbers;
  // Sensitive names are counted behind those of the fields, unless they are among them.
  private final List<String> unread;
  private final int[] ranks;
  private final long[] absent;
  private long keyed;
  private int twice;
  private final RawFields fields = new RawFields();
  private final ChangeSigns signs = new ChangeSigns();
  private int recordFrom;
  private int recordTo;

  /**
   * Makes a reader that hands over the named values, in this order, as a record's fields.
   *
   * @param sensitive the keys that are masked, in values that are objects too
   */
  JsonRecords(ColumnNames columns, SensitiveNames sensitive) {
    this.columns = columns;
    this.sensitive = sensitive;
    values = new String[columns.names().size()];
    unread = sensitive.names();
    ranks = new int[values.length + unread.size()];
    absent = new long[ranks.length];
    numbers = new boolean[values.length];
  }

  @Override
  public void read(RawBlock block, RecordHandler handler) {
    boolean mayHaveBadBytes = EscapedBytes.mayBeIn(new String(block.text(), UTF_8));
    eachLine(
        block,
        (text, from, to, line) -> {
          if (!(mayHaveBadBytes && isUndecodable(block, from, to, line, handler))) {
            read(text, from, to, line, handler);
          }
        });
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
      while (to < text.length && text[to] != '\n' && text[to] != '\r') {
        to++;
      }
      if (!isBlank(text, from, to)) {
        handler.line(text, from, to, line);
      }
      boolean pair = to + 1 < text.length && text[to] == '\r' && text[to + 1] == '\n';
      from = to + (pair ? 2 : 1);
    }
  }

  private boolean isUndecodable(
      RawBlock block, int from, int to, long line, RecordHandler handler) {
    byte[] text = block.text();
    String bytes = EscapedBytes.hex(EscapedBytes.decode(text, from, to, false));
    if (bytes == null) {
      return false;
    }
    recordFrom = from;
    recordTo = to;
    refuseBytes(block, string(text, from, to), bytes, line, handler);
    return true;
  }

  /**
   * Refuses a record with bytes that are not UTF-8.
   *
   * @param record the record, with U+FFFD for them
   * @param bytes they
   */
  static void refuseBytes(
      RawBlock block, String record, String bytes, long line, RecordHandler handler) {
    if (isObject(record)) {
      handler.refused(Rejection.badCharset(bytes, block), line);
    } else {
      handler.malformed(record, line, "its bytes are not UTF-8: " + bytes);
    }
  }

  private static boolean isObject(String record) {
    try {
      return MAPPER.readTree(record).isObject();
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  private static boolean isBlank(byte[] text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text[i] > ' ') {
        return false;
      }
      if (text[i] < 0) {
        return string(text, i, to).isEmpty();
      }
    }
    return true;
  }

  /** Hands over the record that a part of a text is. */
  void read(byte[] text, int from, int to, long line, RecordHandler handler) {
    Arrays.fill(values, null);
    Arrays.fill(ranks, 0);
    Arrays.fill(numbers, false);
    twice = -1;
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
      if (twice >= 0) {
        String name = columns.names().get(twice);
        handler.malformed(string(text, from, to), line, "it has the key \"" + name + "\" twice");
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
    for (int i = 0; i < values.length; i++) {
      String value = values[i];
      fields.add(value == null ? "" : value);
      if (numbers[i]) {
        fields.markNumber();
      }
    }
    for (int i = 0; i < absent.length; i++) {
      absent[i] += ranks[i] == 0 ? 1 : 0;
    }
    keyed++;
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
      ColumnNames.Found column = columnOf(name);
      if (column.name() < 0 || column.name() >= values.length) {
        if (column.name() >= 0) {
          ranks[column.name()] = 1;
        }
        signs.unknown(name, token, parser);
        parser.skipChildren();
        continue;
      }
      signs.known();
      // The record counts more than the envelope around it, a key that is equal more than one in
      // another case.
      int rank = (top ? 1 : 3) + (column.exact() ? 1 : 0);
      if (rank < ranks[column.name()]) {
        parser.skipChildren();
        continue;
      }
      if (rank == ranks[column.name()]) {
        twice = column.name();
      }
      ranks[column.name()] = rank;
      values[column.name()] = value(parser, token);
      numbers[column.name()] = token.isNumeric();
    }
  }

  private ColumnNames.Found columnOf(String key) {
    ColumnNames.Found column = found.get(key);
    if (column == null) {
      column = columns.find(key);
      int unreadName = column.name() < 0 ? sensitive.find(key) : -1;
      if (unreadName >= 0) {
        column = new ColumnNames.Found(values.length + unreadName, false);
      }
      if (found.size() < MOST_KEYS) {
        found.put(key, column);
      }
    }
    return column;
  }

  private @Nullable String value(JsonParser parser, JsonToken token) throws IOException {
    if (!token.isStructStart()) {
      return token == JsonToken.VALUE_NULL ? null : parser.getText();
    }
    JsonNode tree = MAPPER.readTree(parser);
    mask(tree, sensitive);
    return tree.toString();
  }

  static String string(byte[] text, int from, int to) {
    return WhiteSpace.strip(new String(text, from, to - from, UTF_8));
  }

  @Override
  public long drainAbsent(ObjLongConsumer<String> names) {
    for (int i = 0; i < absent.length; i++) {
      if (absent[i] > 0) {
        String name = i < values.length ? columns.names().get(i) : unread.get(i - values.length);
        if (i < values.length || columns.find(name).name() < 0) {
          names.accept(name, absent[i]);
        }
        absent[i] = 0;
      }
    }
    long looked = keyed;
    keyed = 0;
    return looked;
  }

  @Override
  public boolean fits(RawBlock block) {
    return true;
  }

  @Override
  public String raw(RawBlock block, SensitiveNames masked) {
    String record = string(block.text(), recordFrom, recordTo);
    if (masked.isEmpty()) {
      return record;
    }
    try {
      JsonNode tree = MAPPER.readTree(record);
      if (tree instanceof ObjectNode object) {
        hide(object, masked);
      } else {
        mask(tree, masked);
      }
      return tree.toString();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the record was JSON when it was parsed", e);
    }
  }

  /**
   * Masks what is sensitive in a record, and, if it lacks a sensitive key, all that no field reads.
   */
  void hide(ObjectNode record, SensitiveNames masked) {
    Set<String> keys = new HashSet<>();
    collectKeys(record, keys);
    mask(record, masked);
    if (!masked.areAllIn(keys)) {
      maskUnread(record, true);
    }
  }

  /** Masks sensitive values, however deep. */
  static void mask(JsonNode node, SensitiveNames masked) {
    if (node instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> entry : object.properties()) {
        if (!entry.getValue().isNull() && masked.hold(entry.getKey())) {
          entry.setValue(TextNode.valueOf(FeedFormat.MASK));
        }
      }
    }
    node.forEach(child -> mask(child, masked));
  }

  private static void collectKeys(JsonNode node, Set<String> keys) {
    node.fieldNames().forEachRemaining(keys::add);
    node.forEach(child -> collectKeys(child, keys));
  }

  /**
   * Masks what no field reads: a record that lacks a sensitive key may have its value under
   * another.
   */
  private void maskUnread(ObjectNode node, boolean top) {
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      JsonNode value = entry.getValue();
      if (top && value instanceof ObjectNode record && entry.getKey().equals(AIRBYTE_DATA)) {
        maskUnread(record, false);
      } else if (!value.isNull() && columns.find(entry.getKey()).name() < 0) {
        entry.setValue(TextNode.valueOf(FeedFormat.MASK));
      }
    }
  }
}
