package io.autopulse.warehouse.runs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.autopulse.domain.feed.Feed;
import io.autopulse.domain.feed.RawBlock;
import io.autopulse.testing.MigratedFile;
import io.autopulse.warehouse.duckdb.DuckDbSettings;
import io.autopulse.warehouse.duckdb.DuckDbWarehouse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RejectedRecordsTest {
  @TempDir private Path directory;

  @Test
  void versionThatCameTooLateIsReadAgainThoughItsOriginNamesNoLine() throws Exception {
    try (DuckDbWarehouse warehouse =
            DuckDbWarehouse.open(
                MigratedFile.at(directory.resolve("test.duckdb")), DuckDbSettings.RUN);
        Connection connection = warehouse.connect();
        Statement statement = connection.createStatement()) {
      reject(statement, "sale S1, version of 2024-05-01T10:00:00Z, sequence 0", "TOO_LATE");
      reject(statement, "erp/a.jsonl:7", "BAD_DATE");

      List<RawBlock> blocks =
          new RejectedRecords(warehouse)
              .blocks("r1", Optional.empty())
              .getOrDefault(Feed.SALES, List.of());

      assertThat(
          blocks.stream().map(b -> b.origin() + "|" + b.firstLine()).toList(),
          is(
              List.of(
                  "replayed:erp/a.jsonl|7",
                  "replayed:sale S1, version of 2024-05-01T10:00:00Z, sequence 0|1")));
      assertThat(new String(blocks.get(1).text(), UTF_8), is("{}\n"));
    }
  }

  private static void reject(Statement statement, String origin, String code) throws Exception {
    statement.execute(
        """
        insert into autopulse_core.rejected_records (run_id, feed, origin, code, step, message, raw, format)
        values ('r1', 'sales', '%s', '%s', 'p', 'm', '{}', 'json')
        """
            .formatted(origin, code));
  }
}
