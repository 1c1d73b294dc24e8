package io.autopulse.sink.staging.parquet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.warehouse.table.SqlType;
import io.autopulse.warehouse.table.TableColumn;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written is read back by DuckDB, an independent reader. */
class ParquetFileTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("rows.parquet");
  }

  private WritableByteChannel channel() throws IOException {
    return Files.newByteChannel(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  private List<List<String>> query(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql.replace("FILE", "'" + file + "'"))) {
      List<List<String>> rows = new ArrayList<>();
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.add(result.getString(i));
        }
        rows.add(row);
      }
      return rows;
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }

  @Test
  void everyTypeKeepsItsLimitsAndNulls() throws Exception {
    NumberColumn integer = NumberColumn.nullable("i", ColumnType.INTEGER);
    NumberColumn bigint = NumberColumn.nullable("b", ColumnType.BIGINT);
    NumberColumn date = NumberColumn.nullable("d", ColumnType.DATE);
    NumberColumn timestamp = NumberColumn.nullable("t", ColumnType.TIMESTAMP);
    NumberColumn amount = NumberColumn.nullable("a", ColumnType.AMOUNT);
    NumberColumn share = NumberColumn.nullable("s", ColumnType.SHARE);
    BooleanColumn truth = BooleanColumn.required("z");
    try (ParquetFile parquet =
        new ParquetFile(
            channel(), List.of(integer, bigint, date, timestamp, amount, share, truth))) {
      integer.add(Integer.MIN_VALUE);
      bigint.add(Long.MIN_VALUE);
      date.add(-719_162);
      timestamp.add(-62_135_596_800_000_000L);
      amount.add(-999_999_999_999_999_999L);
      share.add(-999_999_999);
      truth.add(true);
      parquet.endRow();
      for (Column column : List.of(integer, bigint, date, timestamp, amount, share)) {
        column.addNull();
      }
      truth.add(false);
      parquet.endRow();
      integer.add(Integer.MAX_VALUE);
      bigint.add(Long.MAX_VALUE);
      date.add(2_932_896);
      timestamp.add(253_402_300_799_999_999L);
      amount.add(999_999_999_999_999_999L);
      share.add(999_999_999);
      truth.add(true);
      parquet.endRow();
    }
    assertThat(
        query(
            "select typeof(i), typeof(b), typeof(d), typeof(t), typeof(a), typeof(s), typeof(z) from FILE limit 1"),
        is(
            List.of(
                List.of(
                    "INTEGER",
                    "BIGINT",
                    "DATE",
                    "TIMESTAMP",
                    "DECIMAL(18,2)",
                    "DECIMAL(9,6)",
                    "BOOLEAN"))));
    assertThat(
        query("select i, b, cast(d as varchar), cast(t as varchar), a, s, z from FILE"),
        is(
            List.of(
                List.of(
                    "-2147483648",
                    "-9223372036854775808",
                    "0001-01-01",
                    "0001-01-01 00:00:00",
                    "-9999999999999999.99",
                    "-999.999999",
                    "true"),
                Arrays.asList(null, null, null, null, null, null, "false"),
                List.of(
                    "2147483647",
                    "9223372036854775807",
                    "9999-12-31",
                    "9999-12-31 23:59:59.999999",
                    "9999999999999999.99",
                    "999.999999",
                    "true"))));
  }

  @Test
  void hostileTextsAreKept() throws Exception {
    List<String> texts =
        Arrays.asList(
            "",
            null,
            "'); drop table sales; --",
            "\"quoted\", \\N, \\\\",
            "a\r\nb\tc",
            "\ud83d\ude97 \u00e9\u00a0\u4e2d",
            "\u0000nul\u0000",
            "x".repeat(10_000));
    try (TextRows rows = new TextRows(channel(), TableColumn.required(SqlType.TEXT, "a", "b"))) {
      for (String text : texts) {
        rows.add(TextRows.encode(Arrays.asList(text, "same")));
      }
    }
    assertThat(
        query("select a from FILE"),
        is(texts.stream().map(text -> Arrays.asList(new String[] {text})).toList()));
    assertThat(query("select count(*) from FILE where b = 'same'"), is(List.of(List.of("8"))));
  }

  @Test
  void textsOfEveryTypeAreValuesOfThatType() throws Exception {
    List<TableColumn> columns =
        Stream.of(SqlType.values())
            .filter(type -> type != SqlType.SECONDS)
            .flatMap(type -> TableColumn.required(type, "c_" + type).stream())
            .toList();
    try (TextRows rows = new TextRows(channel(), columns)) {
      rows.add(
          TextRows.encode(
              List.of(
                  "\u00e9",
                  "-9223372036854775808",
                  "1969-12-31",
                  "1969-12-31 23:59:59.999999",
                  "true",
                  "1.005",
                  "-0.00005",
                  "0.0000005",
                  "-999.999999")));
      rows.add(
          TextRows.encode(
              List.of(
                  "",
                  "7",
                  "2024-05-14",
                  "2024-05-14 10:00:00.000000",
                  "false",
                  "9999999999999999.99",
                  "1.5",
                  "12",
                  "0")));
      rows.add(TextRows.encode(Collections.nCopies(9, (String) null)));
    }
    assertThat(
        query("select * from FILE"),
        is(
            List.of(
                List.of(
                    "\u00e9",
                    "-9223372036854775808",
                    "1969-12-31",
                    "1969-12-31 23:59:59.999999",
                    "true",
                    "1.01",
                    "-0.0001",
                    "0.000001",
                    "-999.999999"),
                List.of(
                    "",
                    "7",
                    "2024-05-14",
                    "2024-05-14 10:00:00.0",
                    "false",
                    "9999999999999999.99",
                    "1.5000",
                    "12.000000",
                    "0.000000"),
                Arrays.asList(new String[9]))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "INTEGER   | 1.5                        | '1.5' is no BIGINT",
        "INTEGER   | 9223372036854775808        | '9223372036854775808' is no BIGINT",
        "DATE      | 2024-02-30                 | '2024-02-30' is no DATE",
        "TIMESTAMP | 2024-05-14                 | '2024-05-14' is no TIMESTAMP",
        "BOOLEAN   | yes                        | 'yes' is no BOOLEAN",
        "AMOUNT    | 1,5                        | '1,5' is no AMOUNT",
        "AMOUNT    | 9999999999999999.995       | 9999999999999999.995 does not fit decimal(18, 2)",
        "SHARE     | 1000                       | 1000 does not fit decimal(9, 6)",
      })
  void textThatIsNoValueOfItsColumnIsNamed(SqlType type, String text, String problem)
      throws IOException {
    TextRows rows = new TextRows(channel(), TableColumn.required(type, "c"));
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> rows.add(TextRows.encode(List.of(text))));
    assertThat(refused.getMessage(), is(problem));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 256, 257, 70_000})
  void dictionariesOfEverySizeAreRead(int entries) throws Exception {
    TermColumn term = TermColumn.nullable("term");
    NumberColumn row = NumberColumn.required("row", ColumnType.INTEGER);
    try (ParquetFile parquet = new ParquetFile(channel(), List.of(term, row))) {
      for (int i = 0; i < 100_001; i++) {
        term.add(i % 7 == 3 ? TermColumn.NULL : term.code(utf8("t" + i % entries)));
        row.add(i);
        parquet.endRow();
      }
    }
    assertThat(
        query(
            "select count(*), count(term), count(*) filter (where term is distinct from "
                + "case when row % 7 = 3 then null else 't' || (row % %d) end) from FILE"
                    .replace("%d", String.valueOf(entries))),
        is(List.of(List.of("100001", "85715", "0"))));
  }

  @Test
  void rowGroupsFollowEachOther() throws Exception {
    int n = 2 * ParquetFile.GROUP_ROWS + 5;
    TermColumn term = TermColumn.required("term");
    NumberColumn row = NumberColumn.required("row", ColumnType.BIGINT);
    try (ParquetFile parquet = new ParquetFile(channel(), List.of(term, row))) {
      for (int i = 0; i < n; i++) {
        term.add(term.code(utf8("t" + i / 1000)));
        row.add(i);
        parquet.endRow();
      }
    }
    assertThat(
        query(
            "select count(*), sum(row), count(*) filter (where term <> 't' || (row // 1000)) from FILE"),
        is(List.of(List.of("245765", "30200094730", "0"))));
    assertThat(
        query("select count(distinct row_group_id) from parquet_metadata(FILE)"),
        is(List.of(List.of("3"))));
  }

  @Test
  void rowThatLacksAValueIsAnError() throws Exception {
    NumberColumn a = NumberColumn.required("a", ColumnType.INTEGER);
    NumberColumn b = NumberColumn.required("b", ColumnType.INTEGER);
    ParquetFile parquet = new ParquetFile(channel(), List.of(a, b));
    a.add(1);
    parquet.endRow();
    assertThrows(IllegalStateException.class, parquet::close);
    assertThrows(IllegalStateException.class, a::addNull);
  }
}
