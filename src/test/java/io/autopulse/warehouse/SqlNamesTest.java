package io.autopulse.warehouse;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.sink.staging.StagingNames;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlNamesTest {
  @Test
  void namesThatNeedNoQuotesAreTakenAsTheyAre() {
    assertThat(SqlNames.identifier("STG_sales__r1"), is("STG_sales__r1"));
    assertThat(SqlNames.literal("_r1"), is("'_r1'"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1a", "a b", "a'b", "a;drop table sales", "é", "a\n", "\"a\""})
  void otherNamesNeverReachSql(String name) {
    assertThrows(IllegalArgumentException.class, () -> SqlNames.identifier(name));
    assertThrows(IllegalArgumentException.class, () -> SqlNames.literal(name));
  }

  @Test
  void datesAndInstantsAreLiteralsInUtc() {
    assertThat(SqlNames.literal(LocalDate.of(2024, 2, 29)), is("date '2024-02-29'"));
    assertThat(
        SqlNames.literal(Instant.parse("2024-02-29T23:59:59.123456789Z")),
        is("timestamp '2024-02-29 23:59:59.123456'"));
  }

  @Test
  void placeholdersAreReplacedAndNoneIsForgotten() {
    assertThat(
        SqlNames.fill("select {a}, '{b}', {a} from $1", Map.of("a", "x$1", "b", "\\y")),
        is("select x$1, '\\y', x$1 from $1"));
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> SqlNames.fill("select {missing}", Map.of()));
    assertThat(refused.getMessage(), is("no value for {missing}"));
  }

  @Test
  void stagingRelationsCarryTheRun() {
    StagingNames names = new StagingNames("daily_20240501");
    assertThat(names.saleVersions(), is("STG_sale_versions__daily_20240501"));
    assertThat(names.salesKpi(), is("STG_sales_kpi__daily_20240501"));
    assertThat(names.vehicles(), is("STG_vehicles__daily_20240501"));
    assertThat(names.dealers(), is("STG_dealers__daily_20240501"));
    assertThat(names.rejectedRecords(), is("STG_rejected_records__daily_20240501"));
    assertThat(names.loadRunFeeds(), is("STG_load_run_feeds__daily_20240501"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "R1", "r-1", "r 1", "r'", "_r"})
  void otherRunIdsAreRefused(String runId) {
    assertThrows(IllegalArgumentException.class, () -> new StagingNames(runId));
  }
}
