package io.autopulse.sink.staging.snowflake;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import io.autopulse.sink.staging.StagedTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StagingShardsTest {
  @ParameterizedTest
  @CsvSource({
    "1, 1, 1",
    "471859200, 1, 1",
    "471859203, 2, 1",
    "10737418240, 23, 6",
    "471859200000, 1000, 250",
    "9000000000000, 1000, 1000"
  })
  void filesAreOfAbout150MegabytesAnd1000AtMost(long bytes, int sales, int rejected) {
    assertThat(StagingShards.of(StagedTable.SALE_VERSIONS, bytes), is(sales));
    assertThat(StagingShards.of(StagedTable.SALES_KPI, bytes), is(sales));
    assertThat(StagingShards.of(StagedTable.REJECTED_RECORDS, bytes), is(rejected));
  }

  /** Of a feed that compresses to a third; a larger one than 700 GB must be loaded in parts. */
  @ParameterizedTest
  @ValueSource(
      longs = {
        1,
        1_000_000,
        300_000_000,
        471_859_201,
        5_000_000_000L,
        123_456_789_012L,
        471_000_000_000L,
        700_000_000_000L
      })
  void oneCopyTakesAtMost1000FilesOfAtMost250Megabytes(long bytes) {
    int files = StagingShards.of(StagedTable.SALE_VERSIONS, bytes);
    assertThat(files, is(both(greaterThan(0)).and(lessThanOrEqualTo(1000))));
    assertThat(bytes / 3 / files, is(lessThanOrEqualTo(250_000_000L)));
    // Nor are they small where there are several: Snowflake's cost of a file is the same for each.
    if (files > 1) {
      assertThat(bytes / 3 / files, is(greaterThan(75_000_000L)));
    }
  }

  @Test
  void smallTablesAreOneFileAndUnknownSizesAFew() {
    assertThat(StagingShards.of(StagedTable.VEHICLES, 1L << 40), is(1));
    assertThat(StagingShards.of(StagedTable.DEALERS, 0), is(1));
    assertThat(StagingShards.of(StagedTable.COUNTS, 1L << 40), is(1));
    assertThat(StagingShards.of(StagedTable.SALES_TARGETS, 1L << 40), is(1));
    assertThat(StagingShards.of(StagedTable.SALE_VERSIONS, 0), is(8));
  }
}
