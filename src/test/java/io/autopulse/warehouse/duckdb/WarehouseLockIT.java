package io.autopulse.warehouse.duckdb;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.problem.InputException;
import io.autopulse.domain.problem.TransientException;
import io.autopulse.testing.ChildJvm;
import io.autopulse.testing.MigratedFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A warehouse that another process holds. */
class WarehouseLockIT {
  @TempDir private Path directory;

  private Path file;
  private Process holder;

  @BeforeEach
  void startHolder() throws IOException {
    file = MigratedFile.at(directory.resolve("test.duckdb"));
    holder = ChildJvm.start(HoldingProcess.class, file.toString(), "r20240131_235959_9f03ab");
    BufferedReader said = holder.inputReader();
    assertThat(said.readLine(), is("holding duckdb:" + file));
  }

  @AfterEach
  void endHolder() throws InterruptedException {
    holder.destroyForcibly().waitFor();
  }

  @Test
  void secondProcessWaitsForItsTurnAndSaysForWhom() {
    List<String> progress = new ArrayList<>();
    DuckDbSettings settings =
        DuckDbSettings.RUN.withProgress(
            message -> {
              progress.add(message);
              letGo();
            });
    try (DuckDbWarehouse warehouse = DuckDbWarehouse.open(file, settings)) {
      assertThat(warehouse.name(), is("duckdb:" + file));
    }
    assertThat(progress, hasSize(1));
    assertThat(
        progress.get(0),
        startsWith(
            "waiting for "
                + file
                + ", in use by run r20240131_235959_9f03ab, process "
                + holder.pid()
                + " ("));
    assertThat(progress.get(0), containsString("HoldingProcess"));
  }

  @Test
  void patienceEndsWithTheHoldersName() {
    DuckDbSettings settings = DuckDbSettings.RUN.withLockWait(Duration.ofSeconds(1));
    String message =
        assertThrows(TransientException.class, () -> DuckDbWarehouse.open(file, settings).close())
            .getMessage();
    assertThat(
        message,
        startsWith(
            file
                + ": the warehouse is in use by run r20240131_235959_9f03ab, process "
                + holder.pid()
                + " ("));
    assertThat(message, containsString("; waited 1 s. Let it end, or stop it, and try again"));
  }

  @Test
  void readerIsToldToo() {
    DuckDbSettings settings = DuckDbSettings.QUERY.withLockWait(Duration.ZERO);
    String message =
        assertThrows(InputException.class, () -> DuckDbWarehouse.open(file, settings).close())
            .getMessage();
    assertThat(
        message, containsString("in use by run r20240131_235959_9f03ab, process " + holder.pid()));
  }

  private void letGo() {
    try {
      holder.getOutputStream().write('\n');
      holder.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
