package io.autopulse.cli.backup;

import io.autopulse.cli.options.WarehouseOption;
import io.autopulse.domain.problem.InputException;
import io.autopulse.warehouse.WarehouseUri;
import io.autopulse.warehouse.backup.DuckDbBackup;
import io.autopulse.warehouse.duckdb.DuckDbSettings;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code autopulse backup}: a copy of a DuckDB warehouse, taken while nobody writes. */
@Command(
    name = "backup",
    description = {
      "Copies a DuckDB warehouse to a file, and proves that the copy has the same rows.",
      "Runs and queries wait while it copies. What the rows must be is written beside it, to FILE.rows."
    })
public final class BackupCommand implements Callable<Integer> {
  @Mixin private WarehouseOption warehouse;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "FILE",
      description = "The file to make; it must not be there yet.")
  private Path to;

  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    WarehouseUri uri = warehouse.uri();
    if (uri instanceof WarehouseUri.Snowflake) {
      throw new InputException(
          uri.toString(),
          "a warehouse in Snowflake is backed up there",
          "Clone its schema: docs/runbooks/backup-and-restore.md has the statements");
    }
    DuckDbBackup backup =
        DuckDbBackup.take(
            uri.duckDbFile(),
            to,
            DuckDbSettings.RUN
                .heldBy("autopulse backup")
                .withProgress(command.commandLine().getErr()::println));
    command
        .commandLine()
        .getOut()
        .printf(
            Locale.ROOT,
            "Backed up %s to %s: %d tables, %,d rows, %,.1f MB in %.2f minutes. Others were kept waiting for %.1f s.%n",
            uri,
            to,
            backup.tables().tables().size(),
            backup.tables().rows(),
            backup.bytes() / 1e6,
            backup.seconds() / 60,
            backup.lockedSeconds());
    return 0;
  }
}
