package io.autopulse.sink.snowflake;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadingStatementTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "select 1",
        "  SELECT 1",
        "-- why\n/* and\nhow */ // so\nwith a as (select 1) select * from a",
        "((select 1) union (select 2))",
        "show tables",
        "desc table sales",
        "explain select 1"
      })
  void readingPasses(String sql) {
    assertDoesNotThrow(() -> ReadingStatement.check(sql));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "delete from sales",
        "-- select\ndelete from sales",
        "/* select */ truncate table sales",
        "begin",
        "call drop_all()",
        "execute immediate 'drop table sales'",
        "selectx",
        "use role accountadmin",
        "copy into 's3://x/' from sales",
        "/* never closed select 1",
        ";select 1"
      })
  void everythingElseIsRefused(String sql) {
    assertThrows(SQLException.class, () -> ReadingStatement.check(sql));
  }
}
