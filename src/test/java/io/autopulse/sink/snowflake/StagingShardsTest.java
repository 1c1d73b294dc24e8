package io.autopulse.sink.snowflake;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.autopulse.sink.StagedTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  @Test
  void smallTablesAreOneFileAndUnknownSizesAFew() {
    assertThat(StagingShards.of(StagedTable.VEHICLES, 1L << 40), is(1));
    assertThat(StagingShards.of(StagedTable.DEALERS, 0), is(1));
    assertThat(StagingShards.of(StagedTable.COUNTS, 1L << 40), is(1));
    assertThat(StagingShards.of(StagedTable.SALE_VERSIONS, 0), is(8));
  }
}
