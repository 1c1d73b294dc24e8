package io.autopulse.transform.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autopulse.domain.feed.FeedFormat;
import io.autopulse.domain.feed.RawBlock;
import io.autopulse.domain.feed.Rejection;
import io.autopulse.domain.feed.SensitiveNames;
import io.autopulse.domain.feed.value.EscapedBytes;
import java.io.IOException;
import java.util.List;
import java.util.function.ObjLongConsumer;

/**
 * The records of a block of Debezium's change events, an event a line: {@code {"before": …,
 * "after": …, "op": "c"}}, alone or as the {@code payload} beside a {@code schema}. The row after
 * the change is the record, and all that is kept of the event if the record is rejected. A payload
 * that is no event is the row itself, as a connector sends it that unwraps events.
 *
 * <p>A row that was deleted is rejected: whether its sale is taken back or the source was tidied up
 * cannot be told. An event with bytes that are not UTF-8 is rejected, wherever they are.
 */
final class ChangeEvents implements RecordReader {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final JsonFactory FACTORY = MAPPER.getFactory();

  /** What an event has beside the row, which may quote statements with its values. */
  private static final List<String> SURROUNDINGS = List.of("source", "transaction");

  /** The row before the change and after it; MongoDB's connector has them as text. */
  private static final List<String> IMAGES = List.of("before", "after");

  /** What is kept of an event of a feed with sensitive columns. */
  private static final List<String> SHOWN = List.of("before", "after", "op", "ts_ms");

  private final JsonRecords rows;
  private boolean isRow;
  private int eventFrom;
  private int eventTo;

  // Of the event at hand.
  private String operation = "";
  private boolean isEvent;
  private int payloadFrom;
  private int payloadTo;
  private int afterFrom;
  private int afterTo;

  /** Makes a reader of events whose rows another reads. */
  ChangeEvents(JsonRecords rows) {
    this.rows = rows;
  }

  @Override
  public void read(RawBlock block, RecordHandler handler) {
    boolean mayHaveBadBytes = EscapedBytes.mayBeIn(new String(block.text(), UTF_8));
    JsonRecords.eachLine(
        block,
        (text, from, to, line) -> {
          String bytes =
              mayHaveBadBytes ? EscapedBytes.hex(EscapedBytes.decode(text, from, to, false)) : null;
          if (bytes == null) {
            read(text, from, to, line, handler);
          } else {
            isRow = false;
            eventFrom = from;
            eventTo = to;
            String event = JsonRecords.string(text, from, to);
            JsonRecords.refuseBytes(block, event, bytes, line, handler);
          }
        });
  }

  private void read(byte[] text, int from, int to, long line, RecordHandler handler) {
    eventFrom = from;
    eventTo = to;
    isRow = false;
    String problem = locate(text, from, to);
    if (problem != null) {
      handler.malformed(JsonRecords.string(text, from, to), line, problem);
    } else if (!isEvent && payloadFrom == payloadTo) {
      // Neither an event nor a payload: a tombstone, or what is not wrapped.
      handler.refused(ChangeSigns.NO_VALUE, line);
    } else if (!isEvent) {
      row(text, payloadFrom, payloadTo, line, handler);
    } else if (operation.equals("d") || operation.equals("t")) {
      handler.refused(ChangeSigns.DELETED, line);
    } else if (afterFrom == afterTo) {
      handler.refused(
          Rejection.malformed(
              "it is a change event of operation \"%s\" without a row after it"
                  .formatted(operation)),
          line);
    } else {
      row(text, afterFrom, afterTo, line, handler);
    }
  }

  private void row(byte[] text, int from, int to, long line, RecordHandler handler) {
    isRow = true;
    rows.read(text, from, to, line, handler);
  }

  /** Finds the row of an event; returns what is wrong with it, or null. */
  private @org.jspecify.annotations.Nullable String locate(byte[] text, int from, int to) {
    operation = "";
    isEvent = false;
    payloadFrom = payloadTo = afterFrom = afterTo = 0;
    try (JsonParser parser = FACTORY.createParser(text, from, to - from)) {
      JsonToken first = parser.nextToken();
      if (first == JsonToken.VALUE_NULL) {
        return null;
      }
      if (first != JsonToken.START_OBJECT) {
        return "it is not a JSON object";
      }
      boolean wrapped = locateIn(parser, from, true);
      if (!isEvent && !wrapped) {
        return "it is no change event of Debezium, which has op and after; remove envelope from the feed's from";
      }
      return parser.nextToken() == null ? null : "there is text after the JSON object";
    } catch (JsonProcessingException e) {
      long column = e.getLocation() == null ? 1 : e.getLocation().getColumnNr();
      return "it is not JSON at character " + column;
    } catch (IOException e) {
      return "its characters cannot be decoded";
    }
  }

  /** Returns whether the object has a payload, which may be null. */
  private boolean locateIn(JsonParser parser, int start, boolean outer) throws IOException {
    boolean wrapped = false;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      JsonToken token = parser.nextToken();
      int from = start + (int) parser.currentTokenLocation().getByteOffset();
      if (outer && name.equals("payload")) {
        wrapped = token == JsonToken.START_OBJECT || token == JsonToken.VALUE_NULL;
        if (token == JsonToken.START_OBJECT) {
          locateIn(parser, start, false);
          payloadFrom = from;
          payloadTo = start + (int) parser.currentLocation().getByteOffset();
          continue;
        }
      }
      parser.skipChildren();
      if (name.equals("op") && token == JsonToken.VALUE_STRING) {
        isEvent = true;
        operation = parser.getText();
      } else if (name.equals("after") && token == JsonToken.START_OBJECT) {
        afterFrom = from;
        afterTo = start + (int) parser.currentLocation().getByteOffset();
      }
    }
    return wrapped;
  }

  @Override
  public long drainAbsent(ObjLongConsumer<String> names) {
    return rows.drainAbsent(names);
  }

  @Override
  public boolean fits(RawBlock block) {
    return true;
  }

  @Override
  public String raw(RawBlock block, SensitiveNames sensitive) {
    if (isRow) {
      return rows.raw(block, sensitive);
    }
    try {
      JsonNode event = MAPPER.readTree(JsonRecords.string(block.text(), eventFrom, eventTo));
      JsonNode payload = event.path("payload").isObject() ? event.path("payload") : event;
      if (payload instanceof ObjectNode object) {
        object.remove(SURROUNDINGS);
        if (!sensitive.isEmpty()) {
          hide(object, sensitive);
        }
      }
      return payload.toString();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the event was JSON when it was parsed", e);
    }
  }

  private void hide(ObjectNode payload, SensitiveNames sensitive) {
    if (!payload.has("op")) {
      rows.hide(payload, sensitive);
      return;
    }
    payload.retain(SHOWN);
    for (String image : IMAGES) {
      if (payload.get(image) instanceof ObjectNode row) {
        rows.hide(row, sensitive);
      } else if (payload.hasNonNull(image)) {
        payload.put(image, FeedFormat.MASK);
      }
    }
  }
}
