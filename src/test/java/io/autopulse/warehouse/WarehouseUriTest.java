package io.autopulse.warehouse;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.problem.InputException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WarehouseUriTest {
  @Test
  void duckDbNamesItsFile() {
    assertThat(
        WarehouseUri.parse("duckdb:data/autopulse.duckdb").duckDbFile(),
        is(Path.of("data/autopulse.duckdb")));
    assertThat(
        WarehouseUri.parse("duckdb:/var/a.duckdb").duckDbFile(), is(Path.of("/var/a.duckdb")));
    assertThat(WarehouseUri.parse("duckdb:a.duckdb").toString(), is("duckdb:a.duckdb"));
  }

  @Test
  void snowflakeNamesItsSchemaWarehouseAndRole() {
    assertThat(
        WarehouseUri.parse("snowflake://org-acct.eu/CARS/CORE?warehouse=WH_S&role=LOADER"),
        equalTo(
            new WarehouseUri.Snowflake(
                "org-acct.eu", "CARS", "CORE", Optional.of("WH_S"), Optional.of("LOADER"))));
    assertThat(
        WarehouseUri.parse("snowflake://acct/CARS/CORE"),
        equalTo(
            new WarehouseUri.Snowflake(
                "acct", "CARS", "CORE", Optional.empty(), Optional.empty())));
  }

  @Test
  void snowflakeIsRefusedOnlyWhereItIsOpened() {
    WarehouseUri uri = WarehouseUri.parse("snowflake://acct/CARS/CORE?role=LOADER");
    InputException refused = assertThrows(InputException.class, uri::duckDbFile);
    assertThat(
        refused.getMessage(),
        is(
            "snowflake://acct/CARS/CORE: this warehouse is no DuckDB file. Use a DuckDB file, such as --warehouse duckdb:autopulse.duckdb"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bigquery:x|\"bigquery:x\" is not a warehouse. Write duckdb:PATH or snowflake://ACCOUNT/DATABASE/SCHEMA",
        "autopulse.duckdb|\"autopulse.duckdb\" is not a warehouse. Write duckdb:PATH or snowflake://ACCOUNT/DATABASE/SCHEMA",
        "duckdb:|\"duckdb:\" names no file. Write duckdb:PATH, such as duckdb:autopulse.duckdb",
        "duckdb://a.db|\"duckdb://a.db\" names no file. Write duckdb:PATH, such as duckdb:autopulse.duckdb",
        "snowflake://acct/CARS|this is not a Snowflake warehouse. Write snowflake://ACCOUNT/DATABASE/SCHEMA?warehouse=NAME&role=NAME, names being plain identifiers",
        "snowflake://me:secret@acct/A/B|this is not a Snowflake warehouse. Write snowflake://ACCOUNT/DATABASE/SCHEMA?warehouse=NAME&role=NAME, names being plain identifiers",
        "snowflake://acct/A/B?rol=X|\"rol\" is not a parameter of a Snowflake warehouse. Did you mean \"role\"?",
        "snowflake://acct/A/B?role=x;drop|the parameter role of the Snowflake warehouse is not a plain identifier. Write role=NAME",
      })
  void whatIsNoWarehouseIsExplained(String text, String message) {
    InputException refused = assertThrows(InputException.class, () -> WarehouseUri.parse(text));
    assertThat(refused.getMessage(), is(message));
  }
}
