package io.autopulse.cli;

import io.autopulse.cli.options.FormatOption;
import io.autopulse.cli.options.WarehouseOption;
import io.autopulse.cli.text.QueryResult;
import io.autopulse.cli.text.RowPrinter;
import io.autopulse.cli.text.Terminal;
import io.autopulse.domain.problem.InputException;
import io.autopulse.warehouse.snowflake.ReadingStatement;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Asks the warehouse a question: {@code autopulse sql "select …"}. Reads only. */
@Command(
    name = "sql",
    description = "Asks the warehouse; tables of AUTOPULSE_CORE need no schema name.")
final class SqlCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "STATEMENT",
      description = "A query, or - to read it from the standard input.")
  private String statement;

  @Mixin private FormatOption format;

  @Mixin private WarehouseOption warehouse;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    String text = text();
    ReadingStatement.refusal(text)
        .ifPresent(
            refusal -> {
              throw new InputException("sql", refusal, "");
            });
    warehouse.read("close a connection", connection -> run(connection, text, out));
    return 0;
  }

  private void run(Connection connection, String text, PrintWriter out) {
    try (Statement query = connection.createStatement()) {
      if (query.execute(text)) {
        try (ResultSet rows = query.getResultSet()) {
          new RowPrinter(format.read(), Terminal.takesColours()).print(QueryResult.of(rows), out);
        }
      }
    } catch (SQLException e) {
      throw problem(e);
    }
  }

  private static InputException problem(SQLException e) {
    String message = String.valueOf(e.getMessage()).strip();
    return message.startsWith("Permission Error")
        ? new InputException(
            "sql",
            message.lines().findFirst().orElse(""),
            "A query reads the tables and views of the warehouse, and no files",
            e)
        : new InputException("sql", message, "", e);
  }

  private String text() {
    String text = "-".equals(statement) ? read(System.in) : statement;
    if (text.isBlank()) {
      throw new InputException("sql", "the statement is empty", "Write a query");
    }
    return text;
  }

  private static String read(InputStream in) {
    try {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
