package io.autopulse.warehouse.snowflake;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadingStatementTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "select 1",
        "  SELECT 1 ;; ",
        "-- why\n/* and\nhow */ // so\nwith a as (select 1) select * from a",
        "with recursive a(n) as (select 1), \"b\" as materialized (select ')') (select * from a)",
        "with \"delete\" as (select 1) from \"delete\"",
        "((select 1) union (select 2))",
        "from sales",
        "values (1)",
        "table sales",
        "show tables",
        "desc table sales",
        "describe sales",
        "summarize sales",
        "pivot sales on make using count(*)",
        "explain select 1",
        "explain (format json) select 1",
        "explain analyze (select 1)",
        "explain using tabular select 1",
        "pragma table_info('sales')",
        "select 'a; drop table sales' as \"b; c\", $$d; e$$ -- f; g\n /* h; i */",
        "select 'it''s', 7 // 2",
        "select '{}'::json ->> '$.a', j ->> k from t"
      })
  void oneStatementThatReadsPasses(String sql) {
    assertThat(ReadingStatement.refusal(sql), is(Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "insert into sales values (1), INSERT",
        "update sales set make = 'X', UPDATE",
        "delete from sales, DELETE",
        "merge into sales using t on 1 = 1, MERGE",
        "truncate table sales, TRUNCATE",
        "create table t as select 1, CREATE",
        "create or replace temp view v as select 1, CREATE",
        "drop table sales, DROP",
        "alter table sales add x int, ALTER",
        "copy (select 1) to 'x.csv', COPY",
        "copy into 's3://x/' from sales, COPY",
        "export database 'x', EXPORT",
        "import database 'x', IMPORT",
        "attach 'x.duckdb', ATTACH",
        "detach x, DETACH",
        "install httpfs, INSTALL",
        "load httpfs, LOAD",
        "set memory_limit = '1GB', SET",
        "reset memory_limit, RESET",
        "pragma enable_profiling, PRAGMA",
        "pragma memory_limit = '1GB', PRAGMA",
        "checkpoint, CHECKPOINT",
        "vacuum, VACUUM",
        "call drop_all(), CALL",
        "execute immediate 'drop table sales', EXECUTE",
        "prepare p as delete from sales, PREPARE",
        "begin, BEGIN",
        "commit, COMMIT",
        "rollback, ROLLBACK",
        "use role accountadmin, USE",
        "grant role a to user b, GRANT",
        "put file:///etc/passwd @stage, PUT",
        "get @stage file:///tmp/, GET",
        "remove @stage, REMOVE",
        "selectx, SELECTX",
        "(delete from sales), DELETE",
        "`-- select\ndelete from sales`, DELETE",
        "/* select */ delete from sales, DELETE",
        "explain analyze delete from sales, DELETE",
        "explain (analyze) insert into sales values (1), INSERT",
        "with a as (select 1) insert into sales select * from a, INSERT",
        "`with a(n) as (select 1), b as (select 2) delete from sales`, DELETE",
        "show tables ->> delete from sales, DELETE",
        "select '\\'' ->> delete from sales -- ', DELETE",
      })
  void everyOtherKindIsRefusedByName(String sql, String verb) {
    assertThat(
        ReadingStatement.refusal(sql.replace("\\n", "\n")).orElse("sent"),
        startsWith(verb + " is not sent: the warehouse is read-only here. "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select 1; drop table sales",
        ";select 1",
        "select 'a'; -- b\n select 2",
        "select e'\\'' ; drop table sales -- '",
        "select $tag$ ' $tag$; delete from sales",
        "select 7 // 2; drop table sales"
      })
  void moreThanOneStatementIsRefused(String sql) {
    assertThat(
        ReadingStatement.refusal(sql).orElse("sent"),
        is("this is more than one statement. Send one at a time, without a semicolon inside it"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ; ", "-- select 1", "/* never closed select 1", "with a", "explain"})
  void nothingIsNoStatement(String sql) {
    assertThat(ReadingStatement.refusal(sql).orElse("sent"), startsWith("this is no statement. "));
  }

  @Test
  void nestedCommentIsRefusedBecauseWarehousesReadItDifferently() {
    assertThat(
        ReadingStatement.refusal("/* /* */ delete from sales -- */ select 1").orElse("sent"),
        startsWith("a comment holds another"));
  }

  @Test
  void copyToAFileNamesTheOtherWay() {
    assertThat(
        ReadingStatement.refusal("copy sales to 'x.csv'").orElse("sent"),
        is(
            "COPY is not sent: the warehouse is read-only here. For a file: autopulse sql --format csv \"select …\" > FILE"));
  }

  @Test
  void longTextIsRead() {
    String text = "x''".repeat(2_000);
    assertThat(ReadingStatement.refusal("select '" + text + "'"), is(Optional.empty()));
  }
}
