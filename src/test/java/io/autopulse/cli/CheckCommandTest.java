package io.autopulse.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.autopulse.testing.ChildJvm;
import io.autopulse.testing.MigratedFile;
import io.autopulse.warehouse.duckdb.DuckDbSettings;
import io.autopulse.warehouse.duckdb.DuckDbWarehouse;
import io.autopulse.warehouse.duckdb.HoldingProcess;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CheckCommandTest {
  @TempDir private Path directory;

  @Test
  void fileThatARunCanUsePasses() throws IOException {
    Path file = MigratedFile.at(directory.resolve("a.duckdb"));
    assertThat(
        check("duckdb:" + file),
        is(
            new Result(
                0,
                "ok       file            "
                    + file
                    + "\nok       lock            no other process holds the file\nok       writable        a table was made and undone\nok       schema version  no migration is pending\n",
                "")));
  }

  @Test
  void fileThatIsNotThereIsNotMade() {
    Path file = directory.resolve("absent.duckdb");
    Result result = check("duckdb:" + file);
    assertThat(result.exitCode(), is(2));
    assertThat(
        result.out(),
        is(
            "FAILED   file            there is no warehouse "
                + file
                + ". Make it: autopulse migrate\n"));
    assertThat(Files.exists(file), is(false));
  }

  @Test
  void fileWithoutTablesIsToBeMigrated() {
    Path file = directory.resolve("empty.duckdb");
    DuckDbWarehouse.open(file, DuckDbSettings.RUN).close();
    Result result = check("duckdb:" + file);
    assertThat(result.exitCode(), is(2));
    assertThat(
        result.out(),
        containsString(
            "FAILED   schema version  migrations are pending: 1 core tables, 2 live kpis, 3 market history, 4 pipe tables, 5 trends, 6 live market, 7 equal moments, 8 withdrawn registrations, 9 live runs, 10 skipped rows, 11 forecasts, 12 vehicle history, 13 forecast parts, 14 sales targets, 15 run inputs. Apply them: autopulse migrate\n"));
  }

  @Test
  void fileOfAnotherKindIsTold() throws IOException {
    Path file = Files.writeString(directory.resolve("text.duckdb"), "no database".repeat(1000));
    Result result = check("duckdb:" + file);
    assertThat(result.exitCode(), is(2));
    assertThat(result.out(), containsString("this is not a DuckDB database"));
  }

  @Test
  void processThatHoldsTheFileIsNamed() throws Exception {
    Path file = MigratedFile.at(directory.resolve("held.duckdb"));
    Process holder = ChildJvm.start(HoldingProcess.class, file.toString());
    try {
      holder.getInputStream().read();
      Result result = check("duckdb:" + file);
      assertThat(result.exitCode(), is(2));
      assertThat(result.out(), containsString("FAILED   lock"));
      assertThat(result.out(), containsString("in use by process " + holder.pid()));
    } finally {
      holder.destroyForcibly().waitFor();
    }
  }

  @Test
  void snowflakeWithoutALoginSaysWhatToSet() {
    Result result = check("snowflake://acct/AUTOPULSE/CORE");
    assertThat(result.exitCode(), is(2));
    assertThat(result.err(), containsString("the core tables are in the schema AUTOPULSE_CORE"));
  }

  private static Result check(String uri) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Failures failures = new Failures(() -> false);
    int exitCode =
        new CommandLine(new CheckCommand())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .setExecutionExceptionHandler(failures)
            .setParameterExceptionHandler(failures)
            .execute("--warehouse", uri);
    return new Result(exitCode, out.toString(), err.toString());
  }

  private record Result(int exitCode, String out, String err) {}
}
