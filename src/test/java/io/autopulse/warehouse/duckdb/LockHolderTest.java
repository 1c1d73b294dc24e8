package io.autopulse.warehouse.duckdb;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockHolderTest {
  @TempDir private Path folder;

  @Test
  void holderIsReadFromDuckDbsMessage() {
    LockHolder holder =
        LockHolder.in(
                "IO Error: Could not set lock on file \"/data/a.duckdb\": Conflicting lock is held in /usr/bin/duckdb (PID 2147483647). See also https://duckdb.org/docs")
            .orElseThrow();
    assertThat(holder, is(new LockHolder(2147483647L, "/usr/bin/duckdb", "")));
    assertThat(holder.toString(), is("process 2147483647 (/usr/bin/duckdb)"));
  }

  @Test
  void commandOfALivingHolderIsShown() {
    long self = ProcessHandle.current().pid();
    LockHolder holder =
        LockHolder.in(
                "Could not set lock on file \"a\": Conflicting lock is held in PID (PID %d)."
                    .formatted(self))
            .orElseThrow();
    assertThat(holder.processId(), is(self));
    assertThat(holder.command(), containsString("java"));
    assertThat(holder.command().length(), lessThan(161));
  }

  @Test
  void holderIsCalledWhatItSaysBesideTheDatabaseUnlessAnotherProcessWroteThat() {
    HolderFile file = HolderFile.of(folder.resolve("a.duckdb"));
    file.write("run r20240131_235959_9f03ab");
    long self = ProcessHandle.current().pid();
    assertThat(
        new LockHolder(self, "java", "").named(file).toString(),
        is("run r20240131_235959_9f03ab, process " + self + " (java)"));
    assertThat(
        new LockHolder(self + 1, "java", "").named(file).toString(),
        is("process " + (self + 1) + " (java)"));
    file.delete();
    assertThat(new LockHolder(self, "java", "").named(file).name(), is(""));
  }

  @Test
  void unknownHolderIsAnotherProcess() {
    assertThat(
        LockHolder.in("IO Error: Could not set lock on file \"a\": resource busy")
            .orElseThrow()
            .toString(),
        is("another process"));
  }

  @Test
  void otherMessagesNameNoHolder() {
    assertThat(LockHolder.in("IO Error: no such file"), is(Optional.empty()));
  }
}
