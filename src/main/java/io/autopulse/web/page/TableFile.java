package io.autopulse.web.page;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table of a page for other programs, with the run and the URL that it comes from: as CSV or as
 * JSON. Keys and numbers are the same in every language. The same URL of the same run gives the
 * same bytes.
 *
 * @param page the page
 * @param section the section whose table it is
 */
public record TableFile(Page page, Section section) {
  private static final JsonFactory JSON = new JsonFactory();

  /** Returns the CSV, RFC 4180, after lines that begin with a number sign. */
  public String csv() {
    StringBuilder csv = new StringBuilder();
    csv.append("# ").append(path()).append("\r\n");
    csv.append("# run ").append(page.frame().runId()).append("\r\n");
    Table table = section.table();
    line(csv, table.columns().stream().map(Column::key).toList());
    table.rows().forEach(row -> line(csv, row.values()));
    return csv.toString();
  }

  /** Returns the path and query of the page that shows the table. */
  private String path() {
    return page.kind().path() + page.state().query() + " " + section.id();
  }

  private static void line(StringBuilder csv, List<? extends @Nullable Object> values) {
    for (int i = 0; i < values.size(); i++) {
      if (i > 0) {
        csv.append(',');
      }
      Object value = values.get(i);
      if (value != null) {
        csv.append(quoted(value));
      }
    }
    csv.append("\r\n");
  }

  private static String quoted(Object value) {
    String text = text(value);
    boolean formula =
        value instanceof String && !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
    // A spreadsheet would run a name that begins like a formula.
    String safe = formula ? "'" + text : text;
    boolean needed = safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return needed ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
  }

  private static String text(Object value) {
    return value instanceof Number number ? decimal(number).toPlainString() : value.toString();
  }

  private static BigDecimal decimal(Number number) {
    if (number instanceof BigDecimal decimal) {
      return decimal;
    }
    return number instanceof Double value
        ? BigDecimal.valueOf(Math.round(value * 1e6), 6)
        : BigDecimal.valueOf(number.longValue());
  }

  /** Returns the JSON: an object with the run, the state and the rows. */
  public String json() {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("run_id", page.frame().runId());
      json.writeStringField("page", page.kind().path() + page.state().query());
      json.writeStringField("table", section.id());
      json.writeArrayFieldStart("rows");
      for (Table.Row row : section.table().rows()) {
        write(json, row);
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text + "\n";
  }

  /** Returns the JSON of what is wrong with a request; the parameter may be empty. */
  public static String problem(String parameter, String message) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("parameter", parameter);
      json.writeStringField("problem", message);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text + "\n";
  }

  private void write(JsonGenerator json, Table.Row row) throws IOException {
    json.writeStartObject();
    for (int i = 0; i < row.values().size(); i++) {
      Object value = row.values().get(i);
      json.writeFieldName(section.table().columns().get(i).key());
      if (value == null) {
        json.writeNull();
      } else if (value instanceof Number number) {
        json.writeNumber(decimal(number));
      } else if (value instanceof Boolean flag) {
        json.writeBoolean(flag);
      } else {
        json.writeString(value instanceof LocalDate date ? date.toString() : value.toString());
      }
    }
    json.writeEndObject();
  }
}
