package io.autopulse.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesRegex;
import static org.hamcrest.Matchers.not;

import io.autopulse.testing.AutopulseJar;
import io.autopulse.testing.AutopulseJar.Call;
import io.autopulse.testing.AutopulseJar.Result;
import io.autopulse.testing.Corrections;
import io.autopulse.testing.Landing;
import io.autopulse.testing.PublishedTables;
import io.autopulse.testing.Refresh;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups of a warehouse that is written to, and warehouses that are restored of them. */
class BackupCommandIT {
  @TempDir private Path folder;

  private Path manifest;
  private Path warehouse;
  private Path backup;

  @BeforeEach
  void refresh() {
    manifest = Landing.generate(folder.resolve("landing"), 1_000, 0.02);
    warehouse = folder.resolve("w.duckdb");
    backup = folder.resolve("backup.duckdb");
    Refresh.of(manifest, warehouse).run();
  }

  /** The restore is by another process, as after the loss of a machine. */
  @Test
  void restoredWarehouseHasEveryRowOfTheOriginalAndIsRefreshedAsThat() throws IOException {
    PublishedTables original = PublishedTables.of(warehouse);
    Result taken = InProcessCli.succeed(backup());
    assertThat(
        taken.out(),
        matchesRegex(
            "(?s)Backed up duckdb:.*w\\.duckdb to .*backup\\.duckdb: \\d+ tables, [\\d,]+ rows, .* MB in .* minutes\\. Others were kept waiting for .* s\\.\n"));

    Path second = folder.resolve("second.duckdb");
    Result restored =
        AutopulseJar.in(folder).succeed("restore", backup.toString(), "--to", second.toString());
    assertThat(restored.out(), containsString("number and hash of the rows as in the original"));
    assertThat(PublishedTables.of(second), is(original));
    assertThat(
        PublishedTables.query(second, "select run_id, status from load_runs"),
        is(PublishedTables.query(warehouse, "select run_id, status from load_runs")));

    Corrections.add(manifest.resolveSibling("sales"), 3);
    Refresh.of(manifest, warehouse).run();
    Refresh.of(manifest, second).run();
    assertThat(PublishedTables.of(second), is(PublishedTables.of(warehouse)));
    assertThat(PublishedTables.of(second), is(not(original)));
  }

  @Test
  void backupTakenWhileARunWorksIsTheWarehouseBeforeItOrAfterIt() throws IOException {
    PublishedTables before = PublishedTables.of(warehouse);
    Corrections.add(manifest.resolveSibling("sales"), 3);
    Call run =
        AutopulseJar.in(folder)
            .start(
                "run",
                manifest.toString(),
                "--runner-config",
                "direct",
                "--warehouse",
                "duckdb:" + warehouse);
    assertThat(run.awaitErr("auditing and publishing"), is(true));
    InProcessCli.succeed(backup());
    run.await().mustExit(0);
    PublishedTables after = PublishedTables.of(warehouse);
    assertThat(after, is(not(before)));

    Path second = folder.resolve("second.duckdb");
    InProcessCli.succeed("restore", backup.toString(), "--to", second.toString());
    PublishedTables found = PublishedTables.of(second);
    assertThat(found.equals(before) || found.equals(after), is(true));
  }

  @Test
  void damagedBackupIsNotRestored() throws Exception {
    InProcessCli.succeed(backup());
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + backup);
        Statement statement = connection.createStatement()) {
      statement.execute("update AUTOPULSE_CORE.dealers set region = 'X' where region <> 'X'");
      statement.execute("delete from AUTOPULSE_CORE.sales where sold_on > date '2024-12-01'");
    }
    Path second = folder.resolve("second.duckdb");
    Result refused =
        InProcessCli.run("restore", backup.toString(), "--to", second.toString()).mustExit(2);
    assertThat(
        refused.err(),
        matchesRegex(
            "(?s)error: .*second\\.duckdb: the copy is not what it must be: dealers has 40 rows, and not the same, sales has [\\d,]+ rows and not [\\d,]+\\. Nothing was made.*"));
    assertThat(Files.exists(second), is(false));
    assertThat(Files.exists(Path.of(second + ".part")), is(false));
  }

  @Test
  void filesThatAreThereAreNotWrittenOver() throws IOException {
    InProcessCli.succeed(backup());
    byte[] bytes = Files.readAllBytes(backup);
    assertThat(
        InProcessCli.run(backup()).mustExit(2).err(),
        containsString("backup.duckdb: it is there already. Name another file"));
    assertThat(
        InProcessCli.run("restore", backup.toString(), "--to", warehouse.toString())
            .mustExit(2)
            .err(),
        containsString("w.duckdb: it is there already. Name another file"));
    assertThat(Files.readAllBytes(backup), is(bytes));
    Files.delete(Path.of(backup + ".rows"));
    assertThat(
        InProcessCli.run("restore", backup.toString(), "--to", folder.resolve("x").toString())
            .mustExit(2)
            .err(),
        containsString("nobody knows which rows the backup must have"));
  }

  private String[] backup() {
    return new String[] {"backup", "--warehouse", "duckdb:" + warehouse, "--to", backup.toString()};
  }
}
