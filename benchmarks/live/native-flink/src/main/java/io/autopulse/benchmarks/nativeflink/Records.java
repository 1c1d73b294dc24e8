package io.autopulse.benchmarks.nativeflink;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.function.BiConsumer;

/** Airbyte's JSONL: a record a line, its fields in {@code _airbyte_data}. */
final class Records {
  private static final JsonFactory JSON = new JsonFactory();

  private Records() {}

  /** Tells a record's fields and their values; those that are null or empty are left out. */
  static void read(String line, BiConsumer<String, String> field) throws IOException {
    try (JsonParser parser = JSON.createParser(line)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean data = parser.currentName().equals("_airbyte_data");
        parser.nextToken();
        if (data) {
          readData(parser, field);
        } else {
          parser.skipChildren();
        }
      }
    }
  }

  private static void readData(JsonParser parser, BiConsumer<String, String> field)
      throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      if (parser.nextToken() != JsonToken.VALUE_NULL && !parser.getText().isEmpty()) {
        field.accept(name, parser.getText());
      }
    }
  }
}
