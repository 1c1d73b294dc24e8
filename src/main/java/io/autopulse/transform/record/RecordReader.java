package io.autopulse.transform.record;

import io.autopulse.domain.feed.ColumnNames;
import io.autopulse.domain.feed.FeedFormat;
import io.autopulse.domain.feed.RawBlock;
import io.autopulse.domain.feed.SensitiveNames;
import java.util.List;
import java.util.function.ObjLongConsumer;

/** Reads the records of blocks of one format. Not safe for use by several threads. */
public interface RecordReader {
  /** Hands over the records of the block one by one. */
  void read(RawBlock block, RecordHandler handler);

  /** Returns the text of the record at hand, sensitive values masked. */
  String raw(RawBlock block, SensitiveNames sensitive);

  /**
   * Tells whether the record at hand has the fields of its header, so that it is known which are
   * sensitive.
   */
  boolean fits(RawBlock block);

  /**
   * Hands out how many records since the last call had no value under a name, not even null; starts
   * again. The columns of CSV are there or the file is not read.
   *
   * @return how many records were looked at; of CSV none
   */
  default long drainAbsent(ObjLongConsumer<String> names) {
    return 0;
  }

  /** Returns the reader of a block's format. */
  static RecordReader of(RawBlock.Format format, FeedFormat feed) {
    return switch (format) {
      case CSV -> new CsvRecords();
      case JSON -> json(feed);
      case DEBEZIUM -> new ChangeEvents(json(feed));
      case NOTICE -> new NoticeRecords();
    };
  }

  private static JsonRecords json(FeedFormat feed) {
    return new JsonRecords(ColumnNames.of(feed), new SensitiveNames(feed.sensitive()));
  }

  /**
   * Returns the columns of records of a format: a CSV block's header, or the names that fields have
   * in JSON.
   */
  static List<String> columns(RawBlock block, FeedFormat feed) {
    return block.format() == RawBlock.Format.CSV ? block.header() : ColumnNames.of(feed).names();
  }
}
