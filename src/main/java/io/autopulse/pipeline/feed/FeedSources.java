package io.autopulse.pipeline.feed;

import io.autopulse.domain.feed.CsvDialect;
import io.autopulse.domain.feed.Feed;
import io.autopulse.domain.feed.FeedFormat;
import io.autopulse.domain.feed.RawBlock;
import io.autopulse.domain.feed.value.NumberParser;
import io.autopulse.domain.problem.InputException;
import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.pipeline.manifest.AirbyteJsonlSource;
import io.autopulse.pipeline.manifest.CsvSource;
import io.autopulse.pipeline.manifest.FeedSpec;
import io.autopulse.pipeline.manifest.FieldFormats;
import io.autopulse.pipeline.manifest.JdbcSource;
import io.autopulse.pipeline.manifest.KafkaSource;
import io.autopulse.pipeline.manifest.LiveSpec;
import io.autopulse.pipeline.manifest.SourceSpec;
import io.autopulse.pipeline.manifest.WarehouseSource;
import io.autopulse.pipeline.manifest.XlsxSource;
import io.autopulse.sink.staging.Staging;
import io.autopulse.source.batch.ReadBlocks;
import io.autopulse.source.batch.ReadFiles;
import io.autopulse.source.file.FileFormat;
import io.autopulse.source.follow.FollowFiles;
import io.autopulse.source.jdbc.JdbcCursor;
import io.autopulse.source.jdbc.ReadJdbc;
import io.autopulse.source.topic.FollowTopic;
import io.autopulse.source.warehouse.ReadSnapshot;
import io.autopulse.source.warehouse.WarehouseSnapshot;
import io.autopulse.warehouse.Warehouse;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.jspecify.annotations.Nullable;

/**
 * Turns a manifest's feed into the read that gives its raw blocks and the format that its parser
 * needs.
 */
public final class FeedSources {
  private FeedSources() {}

  /**
   * Returns what a manifest says of a feed.
   *
   * @throws IllegalStateException if it has no such feed
   */
  public static FeedSpec spec(Map<Feed, FeedSpec> feeds, Feed feed) {
    FeedSpec spec = feeds.get(feed);
    if (spec == null) {
      throw new IllegalStateException("no feed " + feed);
    }
    return spec;
  }

  /**
   * Returns the read of a feed.
   *
   * @param covered the business dates that its records are needed for
   * @param zone of the business dates
   * @param staging of the run, which has read back what the feed needs of the warehouse
   * @throws InputException if the source has no end
   */
  static PTransform<PBegin, PCollection<RawBlock>> read(
      FeedSpec feed, BusinessInterval covered, ZoneId zone, Staging staging) {
    SourceSpec source = feed.source();
    if (source instanceof CsvSource csv) {
      return ReadFiles.matching(csv.path(), fileFormat(feed, csv));
    }
    if (source instanceof XlsxSource xlsx) {
      return ReadFiles.matching(xlsx.path(), fileFormat(feed, xlsx));
    }
    if (source instanceof AirbyteJsonlSource jsonl) {
      return ReadFiles.matching(jsonl.path(), FileFormat.JSON_LINES);
    }
    if (source instanceof JdbcSource jdbc) {
      return ReadJdbc.query(
          connection(jdbc),
          query(jdbc),
          cursor(feed, jdbc, covered, zone),
          jdbc.partitionColumn(),
          jdbc.partitions(),
          origin(feed, jdbc),
          "feeds." + feed.feed() + ".from",
          relation(jdbc));
    }
    if (source instanceof WarehouseSource warehouse) {
      return ReadSnapshot.of(staging.readBack(warehouse.table()), coreTable(warehouse));
    }
    throw new InputException(
        "feeds." + feed.feed() + ".from",
        "a refresh needs a source with an end",
        "Use csv, xlsx, airbyte-jsonl, jdbc or warehouse; a topic is for a manifest with a live section");
  }

  /**
   * Reads a feed that ends, and what is replayed of it.
   *
   * @param covered the business dates that its records are needed for
   * @param zone of the business dates
   * @param staging of the run, which has read back what the feed needs of the warehouse
   * @param replayed rejected records of an earlier run, by feed
   */
  public static PCollection<RawBlock> records(
      Pipeline pipeline,
      FeedSpec spec,
      BusinessInterval covered,
      ZoneId zone,
      Staging staging,
      Map<Feed, List<RawBlock>> replayed) {
    Feed feed = spec.feed();
    PCollection<RawBlock> records =
        pipeline.apply("Read " + feed, read(spec, covered, zone, staging));
    List<RawBlock> again = replayed.getOrDefault(feed, List.of());
    if (again.isEmpty()) {
      return records;
    }
    return PCollectionList.of(records)
        .and(pipeline.apply("Replay " + feed, ReadBlocks.of(again)))
        .apply("Read and replayed " + feed, Flatten.pCollections());
  }

  /** Returns how a database is reached. */
  static ReadJdbc.Connection connection(JdbcSource jdbc) {
    return new ReadJdbc.Connection(
        jdbc.url(), jdbc.user(), jdbc.passwordEnv(), jdbc.passwordFile());
  }

  /** Returns the query of all rows of a source. */
  static String query(JdbcSource jdbc) {
    return jdbc.query() == null ? "select * from " + jdbc.table() : jdbc.query();
  }

  /** Returns what rejected records and messages name as the origin of rows. */
  static String origin(FeedSpec feed, JdbcSource jdbc) {
    return jdbc.table() == null ? "query of " + feed.feed() : jdbc.table();
  }

  /** Returns the manifest's key that names the rows. */
  static String relation(JdbcSource jdbc) {
    return jdbc.table() == null ? "query" : "table";
  }

  private static @Nullable JdbcCursor cursor(
      FeedSpec feed, JdbcSource source, BusinessInterval covered, ZoneId zone) {
    String column = source.cursorColumn();
    if (column == null || covered.equals(BusinessInterval.ALL)) {
      return null;
    }
    return JdbcCursor.covering(
        column,
        covered,
        zone,
        source.cursorMargin() == null ? JdbcSource.CURSOR_MARGIN : source.cursorMargin(),
        feed.formats().timezone(),
        "feeds." + feed.feed() + ".from.cursor_column");
  }

  /**
   * Returns the read of a feed that never ends.
   *
   * @throws InputException if the source has an end
   */
  public static PTransform<PBegin, PCollection<RawBlock>> follow(
      FeedSpec feed, LiveSpec live, Clock clock) {
    SourceSpec source = feed.source();
    if (source instanceof CsvSource csv) {
      return FollowFiles.matching(
          csv.path(), fileFormat(feed, csv), live.poll(), live.quiet(), clock);
    }
    if (source instanceof AirbyteJsonlSource jsonl) {
      return FollowFiles.matching(
          jsonl.path(), FileFormat.JSON_LINES, live.poll(), live.quiet(), clock);
    }
    if (source instanceof KafkaSource kafka) {
      return FollowTopic.of(topic(kafka), clock);
    }
    throw new InputException(
        "feeds." + feed.feed() + ".from",
        "a live job cannot follow this type of source",
        "Use a topic or files: kafka, csv or airbyte-jsonl");
  }

  /** Returns the patterns of the files that feeds are read from, each with the files' format. */
  public static Map<String, FileFormat> files(Collection<FeedSpec> feeds) {
    Map<String, FileFormat> patterns = new HashMap<>();
    for (FeedSpec feed : feeds) {
      if (feed.source() instanceof CsvSource csv) {
        patterns.put(csv.path(), fileFormat(feed, csv));
      } else if (feed.source() instanceof XlsxSource xlsx) {
        patterns.put(xlsx.path(), fileFormat(feed, xlsx));
      } else if (feed.source() instanceof AirbyteJsonlSource jsonl) {
        patterns.put(jsonl.path(), FileFormat.JSON_LINES);
      }
    }
    return patterns;
  }

  /** Returns what the warehouse is asked before the pipeline starts, for all feeds that need it. */
  public static List<WarehouseSnapshot.Query> readBack(
      Collection<FeedSpec> feeds, Staging staging) {
    List<WarehouseSnapshot.Query> queries = new ArrayList<>();
    for (FeedSpec feed : feeds) {
      if (feed.source() instanceof WarehouseSource warehouse) {
        queries.add(
            new WarehouseSnapshot.Query(
                staging.readBack(warehouse.table()), "select * from " + coreTable(warehouse)));
      }
    }
    return queries;
  }

  private static String coreTable(WarehouseSource source) {
    return Warehouse.SCHEMA + "." + source.table();
  }

  /** Returns the topic that a source names. */
  public static FollowTopic.Topic topic(KafkaSource source) {
    return new FollowTopic.Topic(
        source.bootstrapServers(),
        source.topic(),
        source.groupId(),
        source.propertiesFile(),
        source.envelope() == null ? RawBlock.Format.JSON : RawBlock.Format.DEBEZIUM);
  }

  /** Returns how the files of a feed are written. */
  static FileFormat fileFormat(FeedSpec feed, CsvSource csv) {
    CsvDialect dialect = new CsvDialect(csv.separator(), csv.quote());
    return FileFormat.csv(csv.charsetName(), dialect, csv.skipLines()).filledDown(feed.fillDown());
  }

  /** Returns how the workbooks of a feed are written: their numbers get the feed's decimal mark. */
  static FileFormat fileFormat(FeedSpec feed, XlsxSource xlsx) {
    return FileFormat.workbook(xlsx.sheet(), feed.formats().decimal(), xlsx.skipLines())
        .filledDown(feed.fillDown());
  }

  /** Returns how a feed writes its records. */
  public static FeedFormat format(FeedSpec feed, ZoneId businessZone, String currency) {
    FieldFormats formats = feed.formats();
    return new FeedFormat(
        feed.feed(),
        feed.columns(),
        formats.times(),
        formats.timezone(),
        formats.decimal(),
        formats.grouping() == null ? NumberParser.NO_GROUPING : formats.grouping(),
        feed.defaults(),
        feed.sensitive(),
        businessZone,
        currency,
        feed.nulls(),
        feed.ties(),
        feed.skipRows(),
        feed.fillDown());
  }
}
