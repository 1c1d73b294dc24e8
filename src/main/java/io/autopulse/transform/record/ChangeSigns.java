package io.autopulse.transform.record;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.autopulse.domain.feed.Rejection;
import io.autopulse.domain.problem.RejectCode;
import java.io.IOException;

/**
 * What the names in a JSON object say of change data capture: that the row was deleted, or that the
 * object is an envelope around the record, which without the manifest's {@code envelope} would be a
 * record without any field. Holds the signs of one record at a time.
 */
final class ChangeSigns {
  private static final String REMEDY =
      "; to take a sale back, send a version with the status CANCELLED";

  /** Of a message without a value. */
  static final Rejection NO_VALUE =
      new Rejection(
          RejectCode.DELETED_RECORD,
          "",
          "it has no value: a tombstone, by which the record of the message's key is deleted"
              + REMEDY);

  /** Of a row that the source has deleted. */
  static final Rejection DELETED =
      new Rejection(RejectCode.DELETED_RECORD, "", "the record was deleted in the source" + REMEDY);

  /** Why an envelope is no record. */
  static final String ENVELOPE =
      "it is a change event or has its fields in a payload; set envelope: debezium in the from of its topic";

  private boolean known;
  private boolean deleted;
  private boolean operation;
  private boolean row;
  private boolean payload;

  /** Forgets the record before. */
  void clear() {
    known = false;
    deleted = false;
    operation = false;
    row = false;
    payload = false;
  }

  /** Takes note that the record has a field of its feed. */
  void known() {
    known = true;
  }

  /** Takes note of another name, whose value begins with the token. */
  void unknown(String name, JsonToken token, JsonParser parser) throws IOException {
    switch (name) {
      // Debezium's ExtractNewRecordState, with deletes rewritten.
      case "__deleted" -> deleted |= parser.getText().equalsIgnoreCase("true");
      // Airbyte's sources with change data capture.
      case "_ab_cdc_deleted_at" ->
          deleted |= token != JsonToken.VALUE_NULL && !parser.getText().isEmpty();
      case "op" -> operation = true;
      case "before", "after" -> row = true;
      case "payload" -> payload |= token == JsonToken.START_OBJECT;
      default -> {}
    }
  }

  boolean ofDeletion() {
    return deleted;
  }

  boolean ofEnvelope() {
    return !known && (payload || operation && row);
  }
}
