package io.autopulse.web.page;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
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
    StringWriter text = new StringWriter();
    CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).bufferSize(0).build(text);
    csv.writeComment(" " + path() + " " + section.id());
    csv.writeComment(" run " + page.frame().runId());
    if (page.state().known() != null) {
      csv.writeComment(" known on " + page.state().known());
    }
    csv.writeRecord(section.table().columns().stream().map(Column::key).toList());
    for (Table.Row row : section.table().rows()) {
      csv.writeRecord(row.values().stream().map(TableFile::field).toList());
    }
    return text.toString();
  }

  /** Returns the path and query of the page that shows the table. */
  private String path() {
    return page.kind().path() + page.state().query();
  }

  private static String field(@Nullable Object value) {
    String text = value == null ? "" : text(value);
    boolean formula =
        value instanceof String && !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
    // A spreadsheet would run a name that begins like a formula.
    return formula ? "'" + text : text;
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
      if (page.state().known() != null) {
        json.writeStringField("known_on", page.state().known().toString());
      }
      json.writeStringField("page", path());
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
      } else {
        json.writeString(value.toString());
      }
    }
    json.writeEndObject();
  }
}
