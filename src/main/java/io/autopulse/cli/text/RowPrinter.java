package io.autopulse.cli.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prints rows in the format that was asked for. */
public final class RowPrinter {
  private static final JsonFactory JSON =
      JsonMapper.builder()
          .build()
          .getFactory()
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN.mappedFeature());

  private final OutputFormat format;
  private final boolean colours;

  /**
   * Makes a printer.
   *
   * @param format how rows are printed
   * @param colours whether the output is a terminal
   */
  public RowPrinter(OutputFormat format, boolean colours) {
    this.format = format;
    this.colours = colours;
  }

  /** Prints every row that there still is. */
  public void print(Rows result, PrintWriter out) throws SQLException {
    switch (format) {
      case TABLE -> printTable(result, out);
      case CSV -> printCsv(result, out);
      case JSON -> printJson(result, out);
    }
    out.flush();
  }

  private void printTable(Rows result, PrintWriter out) throws SQLException {
    List<TextTable.Column> columns = new ArrayList<>();
    for (int i = 0; i < result.titles().size(); i++) {
      String title = result.titles().get(i);
      columns.add(
          result.isNumber(i) ? TextTable.Column.number(title) : TextTable.Column.text(title));
    }
    TextTable table = TextTable.of(columns);
    while (result.next()) {
      table.row(texts(result));
    }
    table.render(out, colours);
  }

  private static List<String> texts(Rows result) throws SQLException {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < result.titles().size(); i++) {
      texts.add(result.text(i));
    }
    return texts;
  }

  private static void printCsv(Rows result, PrintWriter out) throws SQLException {
    StringWriter buffer = new StringWriter();
    CsvWriter csv =
        CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).bufferSize(0).build(buffer);
    csv.writeRecord(result.titles());
    flush(buffer, out);
    while (result.next()) {
      csv.writeRecord(texts(result));
      flush(buffer, out);
    }
  }

  private static void flush(StringWriter buffer, PrintWriter out) {
    out.append(buffer.getBuffer());
    buffer.getBuffer().setLength(0);
  }

  private static void printJson(Rows result, PrintWriter out) throws SQLException {
    try {
      String separator = "[";
      while (result.next()) {
        out.append(separator).append('\n').append(object(result));
        separator = ",";
      }
      out.append("[".equals(separator) ? "[" : "\n").append("]\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String object(Rows result) throws SQLException, IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      for (int i = 0; i < result.titles().size(); i++) {
        json.writeFieldName(result.titles().get(i));
        json.writePOJO(finite(result.value(i)));
      }
      json.writeEndObject();
    }
    return text.toString();
  }

  // JSON has no NaN and no infinity.
  private static @Nullable Object finite(@Nullable Object value) {
    return value instanceof Double number && !Double.isFinite(number) ? null : value;
  }
}
