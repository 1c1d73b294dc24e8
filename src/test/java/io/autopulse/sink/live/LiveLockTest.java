package io.autopulse.sink.live;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.problem.InputException;
import io.autopulse.warehouse.runs.RunningProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveLockTest {
  private static final Instant NOW = Instant.parse("2026-11-28T10:00:00Z");

  @TempDir private Path directory;

  @Test
  void folderHasOneJobAtATimeAndSaysWhich() {
    LiveFolder folder = new LiveFolder(directory.resolve("live"));
    LiveLock lock = LiveLock.take(folder, "live-sales", NOW);

    InputException refused =
        assertThrows(
            InputException.class, () -> LiveLock.take(folder, "live-sales", NOW.plusSeconds(60)));
    assertThat(
        refused.getMessage(),
        is(
            "%s: the live job of this folder runs already: job live-sales in process %d on %s, since 2026-11-28T10:00:00Z. End it first, or give this job a folder of its own: live.folder"
                .formatted(
                    folder.root(),
                    ProcessHandle.current().pid(),
                    RunningProcess.current().host())));

    lock.close();
    LiveLock.take(folder, "live-sales", NOW).close();
  }

  @Test
  void lockOfAProcessThatIsGoneIsTaken() throws Exception {
    LiveFolder folder = new LiveFolder(Files.createDirectories(directory.resolve("live")));
    Files.writeString(
        directory.resolve("live/lock"), "job live-sales in process 1 on a, since 2020");

    LiveLock.take(folder, "live-market", NOW).close();

    assertThat(Files.readString(directory.resolve("live/lock")), containsString("job live-market"));
  }
}
