package io.autopulse.warehouse.runs;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.siegmar.fastcsv.reader.CsvReader;
import io.autopulse.domain.feed.CsvDialect;
import io.autopulse.domain.feed.Feed;
import io.autopulse.domain.feed.FeedFormat;
import io.autopulse.domain.feed.RawBlock;
import io.autopulse.domain.problem.InputException;
import io.autopulse.warehouse.SqlFile;
import io.autopulse.warehouse.Warehouse;
import io.autopulse.warehouse.WarehouseException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads back what runs rejected, so that it can be read again once the manifest or the reference
 * data is mended.
 */
public final class RejectedRecords {
  /** What the origins of replayed records begin with until they are published. */
  public static final String REPLAYED = "replayed:";

  /** How a record begins of which nothing could be kept. */
  private static final String MASKED = FeedFormat.MASK + " ";

  /** The line at the end of an origin; that of a version which came too late has none. */
  private static final Pattern LINE = Pattern.compile(":(\\d{1,18})$");

  private final Warehouse warehouse;

  /** Makes a reader of a migrated warehouse. */
  public RejectedRecords(Warehouse warehouse) {
    this.warehouse = warehouse;
  }

  /**
   * Returns the rejected records of a run as raw blocks, one a record, under their first origins,
   * which begin with {@link #REPLAYED}. Records of which nothing could be kept (their origin says
   * where they are) are left out.
   *
   * @param code the only reject code to return; empty for all
   * @throws InputException if the run rejected no such record
   */
  public Map<Feed, List<RawBlock>> blocks(String runId, Optional<String> code) {
    Map<Feed, List<RawBlock>> blocks = new EnumMap<>(Feed.class);
    try (Connection connection = warehouse.connect();
        PreparedStatement statement =
            connection.prepareStatement(
                SqlFile.read(
                    RejectedRecords.class,
                    "rejected-records",
                    Map.of("core", Warehouse.SCHEMA, "length", String.valueOf(MASKED.length()))))) {
      statement.setString(1, runId);
      statement.setString(2, code.orElse(""));
      statement.setString(3, code.orElse(""));
      statement.setString(4, MASKED);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          Feed feed = Feed.valueOf(rows.getString(1).toUpperCase(Locale.ROOT));
          blocks
              .computeIfAbsent(feed, f -> new ArrayList<>())
              .add(
                  block(
                      rows.getString(2), rows.getString(3), rows.getString(4), rows.getString(5)));
        }
      }
    } catch (SQLException e) {
      throw new WarehouseException("read the rejected records of run " + runId, e);
    }
    if (blocks.isEmpty()) {
      throw new InputException(
          "",
          "run "
              + runId
              + " rejected no record"
              + code.map(c -> " with code " + c).orElse("")
              + " that can be replayed",
          "autopulse runs lists the runs, autopulse runs " + runId + " what one rejected");
    }
    return blocks;
  }

  private static RawBlock block(String origin, String raw, String format, String header) {
    Matcher line = LINE.matcher(origin);
    boolean ends = line.find();
    boolean csv = format.equals("csv");
    return new RawBlock(
        csv ? RawBlock.Format.CSV : RawBlock.Format.JSON,
        REPLAYED + (ends ? origin.substring(0, line.start()) : origin),
        ends ? Long.parseLong(line.group(1)) : 1,
        CsvDialect.RFC_4180,
        csv ? CsvReader.builder().ofSingleCsvRecord(header).getFields() : List.of(),
        (raw + "\n").getBytes(UTF_8));
  }
}
