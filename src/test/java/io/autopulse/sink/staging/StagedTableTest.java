package io.autopulse.sink.staging;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.autopulse.warehouse.table.TableColumn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A staged file has the columns of the catalogue, also where it is written without it. */
class StagedTableTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void fileHasTheColumnsAndTypesOfTheCatalogue(StagedTable table) throws SQLException, IOException {
    Path file = folder.resolve("rows.parquet");
    table.write(Files.newByteChannel(file, CREATE_NEW, WRITE)).close();
    List<String> columns = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("describe select * from read_parquet('" + file + "')")) {
      while (rows.next()) {
        columns.add(
            rows.getString(1)
                + " "
                + rows.getString(2)
                    .toLowerCase(Locale.ROOT)
                    // The KPIs' numbers are narrower in their blocks and files.
                    .replace("integer", "bigint")
                    .replace(",", ", "));
      }
    }
    assertThat(
        columns,
        is(
            table.columns().stream()
                .map((TableColumn column) -> column.name() + " " + column.type().sql())
                .toList()));
  }
}
