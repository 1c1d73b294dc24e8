package io.autopulse.transform.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.writer.CsvWriter;
import io.autopulse.domain.feed.FeedFormat;
import io.autopulse.domain.feed.RawBlock;
import io.autopulse.domain.feed.RawFields;
import io.autopulse.domain.feed.Rejection;
import io.autopulse.domain.feed.SensitiveNames;
import io.autopulse.domain.feed.value.EscapedBytes;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The records of a CSV block. A record that cannot be read (a quote that is never closed, text
 * after a closing quote) is its first line alone: reading goes on with the next line, so that one
 * stray quote does not swallow what follows. A row whose fields are all blank is no record.
 */
final class CsvRecords implements RecordReader {
  private final RawFields fields = new RawFields();

  @Override
  public void read(RawBlock block, RecordHandler handler) {
    String text = new String(block.text(), UTF_8);
    boolean mayHaveBadBytes = EscapedBytes.mayBeIn(text);
    if (mayHaveBadBytes) {
      byte[] bytes = block.text();
      boolean escaped = !block.charset().equals(RawBlock.UTF_8);
      text = EscapedBytes.decode(bytes, 0, bytes.length, escaped);
    }
    CsvReader.CsvReaderBuilder format =
        CsvReader.builder()
            .fieldSeparator(block.dialect().separator())
            .quoteCharacter(block.dialect().quote())
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .allowUnclosedQuote(false)
            .maxBufferSize(Math.max(text.length(), 1 << 16) + 1);
    long line = block.firstLine();
    while (!text.isEmpty()) {
      FieldCollector collector = new FieldCollector(fields);
      try (CsvReader<RawFields> reader = format.build(collector, text);
          CloseableIterator<RawFields> records = reader.iterator()) {
        while (records.hasNext()) {
          RawFields record = records.next();
          String bad = mayHaveBadBytes ? badBytes() : null;
          if (bad != null) {
            handler.refused(Rejection.badCharset(bad, block), line + collector.line() - 1);
          } else if (!record.isBlank()) {
            handler.record(record, line + collector.line() - 1);
          }
        }
        return;
      } catch (CsvParseException e) {
        int start = startOfLine(text, collector.line());
        int end = endOfLine(text, start);
        long broken = line + collector.line() - 1;
        String malformed = EscapedBytes.visible(text.substring(start, end).stripTrailing());
        handler.malformed(malformed, broken, reason(e));
        text = text.substring(end);
        line = broken + 1;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public String raw(RawBlock block, SensitiveNames sensitive) {
    List<String> header = block.header();
    List<String> values = new ArrayList<>(fields.count());
    for (int i = 0; i < fields.count(); i++) {
      boolean masked =
          i < header.size() && sensitive.hold(header.get(i)) && !fields.get(i).isEmpty();
      values.add(masked ? FeedFormat.MASK : EscapedBytes.visible(fields.get(i)));
    }
    return line(values);
  }

  private @Nullable String badBytes() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < fields.count(); i++) {
      text.append(fields.get(i)).append('\n');
    }
    return EscapedBytes.hex(text);
  }

  @Override
  public boolean fits(RawBlock block) {
    return fields.count() == block.header().size();
  }

  private static String reason(CsvParseException e) {
    return e.getMessage() != null && e.getMessage().contains("after closing quote")
        ? "there is text after a closing quote"
        : "a quote is not closed";
  }

  private static int startOfLine(String text, long line) {
    int start = 0;
    for (long l = 1; l < line; l++) {
      start = endOfLine(text, start);
    }
    return start;
  }

  private static int endOfLine(String text, int from) {
    int at = from;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '\n') {
        return at;
      }
      if (c == '\r') {
        return at < text.length() && text.charAt(at) == '\n' ? at + 1 : at;
      }
    }
    return at;
  }

  /** Returns fields as one RFC 4180 line without a line break. */
  static String line(List<String> fields) {
    StringWriter line = new StringWriter();
    try (CsvWriter writer = CsvWriter.builder().build(line)) {
      writer.writeRecord(fields);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return line.toString().stripTrailing();
  }

  /** Collects the fields of the record at hand. */
  private static final class FieldCollector extends AbstractBaseCsvCallbackHandler<RawFields> {
    private final RawFields fields;
    private long line = 1;

    FieldCollector(RawFields fields) {
      this.fields = fields;
    }

    /** Returns the line where the record at hand starts, from 1. */
    long line() {
      return line;
    }

    @Override
    protected void handleBegin(long startingLineNumber) {
      line = startingLineNumber;
      fields.clear();
    }

    @Override
    protected void handleField(int column, char[] buffer, int offset, int length, boolean quoted) {
      fields.view(buffer, offset, length);
    }

    @Override
    protected RawFields buildRecord() {
      return fields;
    }
  }
}
