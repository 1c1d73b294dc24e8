package io.autopulse.domain.feed;

import io.autopulse.domain.feed.value.EscapedBytes;
import java.util.List;

/**
 * Consecutive raw records of one source: what every source hands to parsing, about a megabyte at a
 * time, because moving an element a record would cost more than parsing it.
 *
 * @param format how the records are written
 * @param origin the file, table or topic
 * @param firstLine the number of the first record's line, from 1
 * @param dialect the delimiters of CSV records
 * @param header the columns of CSV records; empty for JSON, whose records name their fields; of a
 *     notice its reject code and message
 * @param text whole records in UTF-8; bytes that the source's charset does not have are in it as
 *     {@link EscapedBytes} writes them, or as they are if the charset is UTF-8
 * @param charset the name of the charset that the manifest declares
 */
@SuppressWarnings("ArrayRecordComponent") // Blocks are moved, never compared.
public record RawBlock(
    Format format,
    String origin,
    long firstLine,
    CsvDialect dialect,
    List<String> header,
    byte[] text,
    String charset) {
  /** The charset of sources that declare none. */
  public static final String UTF_8 = "UTF-8";

  /** How records are written. */
  public enum Format {
    /** Delimited text. */
    CSV,
    /** A JSON object a line; an Airbyte envelope's {@code _airbyte_data} is the record. */
    JSON,
    /** A change event of Debezium a line; the row after the change is the record. */
    DEBEZIUM,
    /**
     * What a source has to report of records, or a file, that it cannot hand over: a rejection,
     * whose code and message are the header, and whose raw record is the text.
     */
    NOTICE
  }

  /** Copies the header. */
  public RawBlock {
    header = List.copyOf(header);
  }

  /** Makes a block of a source in UTF-8. */
  public RawBlock(
      Format format,
      String origin,
      long firstLine,
      CsvDialect dialect,
      List<String> header,
      byte[] text) {
    this(format, origin, firstLine, dialect, header, text, UTF_8);
  }
}
