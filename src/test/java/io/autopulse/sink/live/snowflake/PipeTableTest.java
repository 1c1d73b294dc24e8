package io.autopulse.sink.live.snowflake;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.arrayContaining;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import io.autopulse.sink.staging.parquet.TextRows;
import io.autopulse.warehouse.table.CoreTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a live job writes is what the tables and pipes of the scripts take. */
class PipeTableTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2024-05-14T10:20:30.123456Z"), ZoneOffset.UTC);

  @Test
  void everyTableForLiveRowsHasAPipeAndNoOtherHas() throws IOException {
    List<String> live =
        Arrays.stream(CoreTable.values())
            .map(CoreTable::toString)
            .filter(table -> table.endsWith("_live"))
            .toList();
    List<String> piped =
        Pattern.compile("copy into AUTOPULSE\\.AUTOPULSE_CORE\\.(\\w+)")
            .matcher(read("warehouse/snowflake/pipes.sql"))
            .results()
            .map(copy -> copy.group(1))
            .toList();
    assertThat(piped, containsInAnyOrder(live.toArray()));
    assertThat(
        Arrays.stream(PipeTable.values()).map(PipeTable::toString).toList(),
        containsInAnyOrder(live.toArray()));
  }

  @ParameterizedTest
  @EnumSource
  void scriptMakesItsPipe(PipeTable table) throws IOException {
    assertThat(
        read("warehouse/snowflake/pipes.sql"),
        containsString(
            """
            create pipe if not exists AUTOPULSE.AUTOPULSE_CORE.%s
            as
            copy into AUTOPULSE.AUTOPULSE_CORE.%s
            from @AUTOPULSE.RAW.AUTOPULSE_STAGE/live/%s/
            file_format = (format_name = 'AUTOPULSE.RAW.AUTOPULSE_CSV');
            """
                .formatted(table.pipe(), table, table)));
    assertThat(table.folder("s3://b/p/"), is("s3://b/p/live/" + table + "/"));
  }

  @Test
  void versionGetsItsCurrencyAndRunAndLosesItsFate() {
    List<String> row =
        Arrays.asList(
            "S1",
            "2024-05-14 10:00:00.000000",
            "0",
            "SOLD",
            "2024-05-14 09:00:00.000000",
            "2024-05-14",
            null,
            "Audi",
            "Audi A1",
            "",
            "\\N",
            "D'1",
            "two\nlines",
            null,
            "12345.67",
            "web",
            null,
            "CURRENT");
    assertThat(
        new PipeRowText(
                PipeTable.SALE_VERSIONS_LIVE, Map.of("currency", "EUR", "run_id", "r1"), CLOCK)
            .mapRow(TextRows.encode(row)),
        arrayContaining(
            "S1",
            "2024-05-14 10:00:00.000000",
            "0",
            "SOLD",
            "2024-05-14 09:00:00.000000",
            "2024-05-14",
            null,
            "Audi",
            "Audi A1",
            "",
            "\\N",
            "D'1",
            "two\nlines",
            null,
            "12345.67",
            "EUR",
            "web",
            null,
            "r1"));
  }

  @Test
  void paneIsNeverFinalAndKnowsWhenItWasComputed() {
    List<String> row =
        Arrays.asList(
            "day",
            "2024-05-14 00:00:00.000000",
            "2024-05-15 00:00:00.000000",
            "total",
            "ALL",
            "1",
            "0",
            "0",
            "100.00",
            "100.00",
            "100.00",
            "100.00",
            "100.00",
            null,
            null,
            "7",
            "true");
    assertThat(
        new PipeRowText(
                PipeTable.SALES_KPI_LIVE,
                Map.of("is_final", "false", "currency", "EUR", "run_id", "r1"),
                CLOCK)
            .mapRow(TextRows.encode(row)),
        arrayContaining(
            "day",
            "2024-05-14 00:00:00.000000",
            "2024-05-15 00:00:00.000000",
            "total",
            "ALL",
            "1",
            "0",
            "0",
            "100.00",
            "100.00",
            "100.00",
            "100.00",
            "100.00",
            null,
            null,
            null,
            "7",
            "false",
            "2024-05-14 10:20:30.123456",
            "r1"));
  }

  @Test
  void noTwoFilesHaveTheSameName() {
    OwnFolder folder = new OwnFolder("s3://b/p/live/sales_kpi_live/r20240514_102030_00ff00/");
    String one = folder.get() + "ab12-pane-3-00000-of-00001.csv.gz";
    String other = folder.get() + "ab12-pane-3-00000-of-00001.csv.gz";
    Optional<String> identity = OwnFolder.identity(one);
    assertThat(identity.orElse(null), notNullValue());
    assertThat(identity.equals(OwnFolder.identity(other)), is(false));
    // Wherever the name begins, it is the same file.
    assertThat(
        OwnFolder.identity(one.substring("s3://b/p/live/sales_kpi_live/".length())), is(identity));
    // Not those that are being written, nor those of others.
    assertThat(OwnFolder.identity(folder.get() + ".temp-beam-1/x"), is(Optional.empty()));
    assertThat(OwnFolder.identity("s3://b/p/live/sales_kpi_live/x.csv.gz"), is(Optional.empty()));
  }

  private static String read(String file) throws IOException {
    return Files.readString(Path.of(System.getProperty("basedir", ""), file));
  }
}
