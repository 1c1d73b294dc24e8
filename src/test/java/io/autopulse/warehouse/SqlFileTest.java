package io.autopulse.warehouse;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SqlFileTest {
  @Test
  void commentsAreLeftOutAndPlaceholdersOfTheSessionStay() {
    assertThat(
        SqlFile.read(SqlFileTest.class, "sql-file"),
        is("select 'a--b' as text_with_dashes\nfrom {core}.{table}\nwhere region = {region}\n"));
  }

  @Test
  void givenPlaceholdersAreFilledOnceAndAsTheyAre() {
    assertThat(
        SqlFile.read(
            SqlFileTest.class, "sql-file", Map.of("table", "$1_{core}", "region", "'{table}'")),
        is("select 'a--b' as text_with_dashes\nfrom {core}.$1_{core}\nwhere region = '{table}'\n"));
  }

  @Test
  void aMissingFileIsNamed() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> SqlFile.read(SqlFileTest.class, "audits/none"));

    assertThat(
        refused.getMessage(), is("no resource audits/none.sql in package io.autopulse.warehouse"));
  }

  @Test
  void aValueThatNoPlaceholderTakesIsRefused() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> SqlFile.read(SqlFileTest.class, "sql-file", Map.of("tabel", "sales")));

    assertThat(refused.getMessage(), is("sql-file.sql has no placeholder [tabel]"));
  }

  @Test
  void aPlaceholderThatNobodyFillsIsRefusedByTheSession() {
    String statement = SqlFile.read(SqlFileTest.class, "sql-file", Map.of("table", "sales"));

    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> SqlNames.fill(statement, Map.of("core", "c")));

    assertThat(refused.getMessage(), is("no value for {region}"));
  }
}
