package io.autopulse.cli.backup;

import io.autopulse.cli.text.TextTable;
import io.autopulse.cli.text.TextTable.Column;
import io.autopulse.warehouse.backup.DuckDbBackup;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code autopulse restore}: a warehouse of a backup. */
@Command(
    name = "restore",
    description = {
      "Makes a DuckDB warehouse of a backup, and proves that every core table has the rows that it had.",
      "To a second place, it is the drill that shows that the backup is good and how long a restore takes."
    })
public final class RestoreCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "BACKUP", description = "A file of autopulse backup.")
  private Path backup;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "FILE",
      description = "The database file to make; it must not be there yet.")
  private Path to;

  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    DuckDbBackup restored = DuckDbBackup.restore(backup, to);
    TextTable table =
        TextTable.of(Column.text("table"), Column.number("rows"), Column.number("hash"));
    restored
        .tables()
        .tables()
        .forEach(
            (name, t) -> table.row(name, String.format(Locale.ROOT, "%,d", t.rows()), t.hash()));
    PrintWriter out = command.commandLine().getOut();
    out.print(table.render());
    out.printf(
        Locale.ROOT,
        "%nRestored %s to duckdb:%s in %.2f minutes: %,d rows in %d tables, number and hash of the rows as in the original.%n",
        backup,
        to,
        restored.seconds() / 60,
        restored.tables().rows(),
        restored.tables().tables().size());
    return 0;
  }
}
