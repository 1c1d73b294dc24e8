package io.autopulse.transform;

import io.autopulse.domain.quality.FeedFormat;
import io.autopulse.domain.quality.RawBlock;
import java.util.List;

/** Reads the records of blocks of one format. Not safe for use by several threads. */
interface RecordReader {
  /** Hands over the records of the block one by one. */
  void read(RawBlock block, RecordHandler handler);

  /** Returns the text of the record at hand, sensitive values masked. */
  String raw(RawBlock block, List<String> sensitive);

  /**
   * Tells whether the record at hand has the fields of its header, so that it is known which are
   * sensitive.
   */
  boolean fits(RawBlock block);

  /** Returns the reader of a block's format. */
  static RecordReader of(RawBlock.Format format, FeedFormat feed) {
    return switch (format) {
      case CSV -> new CsvRecords();
      case JSON -> new JsonRecords(columnsOf(feed));
      case DEBEZIUM -> new ChangeEvents(new JsonRecords(columnsOf(feed)));
      case NOTICE -> new NoticeRecords();
      case UNREADABLE ->
          throw new IllegalArgumentException("a file without records ends in CheckHeaders");
    };
  }

  /**
   * Returns the columns of records of a format: a CSV block's header, or every field's own name in
   * JSON.
   */
  static List<String> columns(RawBlock block, FeedFormat feed) {
    return block.format() == RawBlock.Format.CSV ? block.header() : columnsOf(feed);
  }

  private static List<String> columnsOf(FeedFormat feed) {
    // Of several fields one key may be the column.
    return feed.feed().fields().stream()
        .flatMap(field -> feed.headersOf(field).stream())
        .distinct()
        .toList();
  }
}
