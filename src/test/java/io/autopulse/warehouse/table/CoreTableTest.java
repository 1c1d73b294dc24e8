package io.autopulse.warehouse.table;

import static java.util.stream.Collectors.toMap;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.trend.TrendFeatures;
import io.autopulse.testing.MigratedFile;
import io.autopulse.testing.SchemaColumns;
import io.autopulse.warehouse.duckdb.DuckDbSettings;
import io.autopulse.warehouse.duckdb.DuckDbWarehouse;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The catalogue says what the migrations make and what the docs promise. */
public class CoreTableTest {
  private static final Pattern ROW =
      Pattern.compile("\\| `(\\w+)` \\| ([^|]*) \\| ([^|]*) \\|(?: [^|]* \\|)?");

  @TempDir private Path directory;

  /** Returns the catalogue in the form of {@link SchemaColumns}. */
  public static Map<String, List<String>> catalogue() {
    return tables(
        table ->
            table.columns().stream()
                .map(
                    column ->
                        column.name()
                            + " "
                            + column.type().sql()
                            + (column.isNullable() ? "" : " not null"))
                .toList());
  }

  private static <T> Map<String, T> tables(Function<CoreTable, T> value) {
    return Arrays.stream(CoreTable.values())
        .collect(toMap(CoreTable::toString, value, (a, b) -> a, TreeMap::new));
  }

  @Test
  void migrationsMakeTheTablesOfTheCatalogueInDuckDb() throws SQLException, IOException {
    Path file = MigratedFile.at(directory.resolve("a.duckdb"));
    try (DuckDbWarehouse warehouse = DuckDbWarehouse.open(file, DuckDbSettings.RUN);
        Connection connection = warehouse.connect()) {
      assertThat(SchemaColumns.of(connection), is(catalogue()));
    }
  }

  @Test
  void docsListTheTablesOfTheCatalogueWithTheirKeysAndColumns() throws IOException {
    String docs =
        Files.readString(Path.of(System.getProperty("basedir", ""), "docs/architecture.md"));
    String section = docs.substring(docs.indexOf("\n## Tables\n"));
    Map<String, List<String>> keys = new TreeMap<>();
    Map<String, List<String>> others = new TreeMap<>();
    Matcher rows = ROW.matcher(section.substring(0, section.indexOf("\n### Views\n")));
    while (rows.find()) {
      keys.put(rows.group(1), names(rows.group(2)));
      others.put(rows.group(1), names(rows.group(3)));
    }
    assertThat(keys, is(tables(CoreTable::key)));
    assertThat(
        others,
        is(
            tables(
                table ->
                    table.columns().stream()
                        .filter(column -> !column.isKey())
                        .map(TableColumn::name)
                        .toList())));
  }

  private static List<String> names(String cell) {
    return Stream.of(cell.strip().split(", ")).toList();
  }

  /** Staged by position: {@link TrendFeatures#texts}. */
  @Test
  void trendFeaturesAreTheColumnsThatTheirTableTakes() {
    assertThat(
        Arrays.stream(TrendFeatures.class.getRecordComponents())
            .map(RecordComponent::getName)
            .map(name -> name.replaceAll("([A-Z]|\\d+)", "_$1").toLowerCase(Locale.ROOT))
            .toList(),
        is(CoreTable.TREND_FEATURES.given()));
  }

  @Test
  void columnsOfAnInsertLeaveOutWhatTheStatementSets() {
    assertThat(CoreTable.DEALERS.columnsBut("run_id"), is("dealer_id, dealer_name, region"));
    assertThat(
        CoreTable.REJECTED_RECORDS.columnsBut(),
        is("run_id, feed, origin, code, step, field, message, raw, format, header"));
    assertThat(
        assertThrows(
                IllegalArgumentException.class, () -> CoreTable.DEALERS.columnsBut("computed_at"))
            .getMessage(),
        is("dealers has no column computed_at"));
  }

  @Test
  void rowIsRestatedByRevisionOrByTheTimeOfItsComputation() {
    Map<String, String> later = new TreeMap<>();
    for (CoreTable table : CoreTable.values()) {
      table.later().ifPresent(column -> later.put(table.toString(), column));
    }
    assertThat(
        later,
        is(
            Map.of(
                "sales_kpi_live", "revision",
                "market_registrations_live", "revision",
                "fuel_prices_live", "revision",
                "market_attention_live", "revision",
                "trend_features_live", "computed_at")));
  }
}
