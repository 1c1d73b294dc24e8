package io.autopulse.transform.market;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autopulse.domain.feed.FeedFormat;
import io.autopulse.domain.feed.RejectedRecord;
import io.autopulse.domain.feed.Rejection;
import io.autopulse.domain.market.Observation;
import io.autopulse.domain.market.Observation.Kind;
import io.autopulse.domain.problem.RejectCode;
import io.autopulse.domain.sale.BusinessClock;
import java.math.BigDecimal;
import java.util.List;

/**
 * Market records that contradict another one of their key and moment of extraction, as rejected
 * records. Their raw text is gone at this step: the figure's key and both values are written anew
 * as JSON, without the ids, which may be of people. It is not replayed: its source still holds it.
 */
final class ConflictingRecords {
  private static final JsonMapper JSON = new JsonMapper();

  private ConflictingRecords() {}

  /**
   * Returns a record as a rejected one. The same record gives the same, so that a restart adds
   * none.
   *
   * @param observation what is not used
   * @param used the higher value, which counts
   * @param step the step that found it
   */
  static RejectedRecord reject(Observation observation, long used, String step) {
    Kind kind = observation.kind();
    String value = text(kind, observation.value());
    String extracted = BusinessClock.instantOf(observation.extractedAt()).toString();
    List<String> columns = kind.table().key();
    String[] key = observation.slice().split(String.valueOf(Observation.SEPARATOR), -1);
    ObjectNode json = JSON.createObjectNode();
    for (int i = 0; i < key.length; i++) {
      json.put(columns.get(i), key[i]);
    }
    if (kind == Kind.PRICE) {
      json.put("price_at", BusinessClock.instantOf(observation.moment()).toString());
    }
    json.put(field(kind), value);
    json.put("used", text(kind, used));
    if (observation.dated()) {
      json.put("extracted_at", extracted);
    }
    return new RejectedRecord(
        kind.feed().toString(),
        String.join(" ", key)
            + (observation.dated() ? ", extracted at " + extracted : ", without extracted_at"),
        step,
        new Rejection(
            RejectCode.CONFLICTING_RECORD,
            field(kind),
            "%s %s %s; the higher value, %s, is used. Name the columns that tell the records apart as record_id, or the time of extraction as extracted_at"
                .formatted(
                    field(kind),
                    value,
                    RejectCode.CONFLICTING_RECORD.explanation(),
                    text(kind, used))),
        FeedFormat.MASK + " written anew: " + json,
        "json",
        "");
  }

  private static String field(Kind kind) {
    return switch (kind) {
      case UNITS -> "registrations";
      case PRICE -> "price";
      case VIEWS -> "views";
      case SENTIMENT -> "sentiment";
    };
  }

  private static String text(Kind kind, long value) {
    boolean whole = kind == Kind.UNITS || kind == Kind.VIEWS;
    return BigDecimal.valueOf(value, whole ? 0 : 4).toPlainString();
  }
}
