package io.autopulse.pipeline.live;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.pipeline.flink.LiveJob;
import io.autopulse.sink.live.LiveFolder;
import io.autopulse.sink.live.LiveLoad;
import io.autopulse.sink.live.files.DroppedFiles;
import io.autopulse.sink.live.files.LiveLoader;
import io.autopulse.testing.MigratedFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that loads what a job drops, while the job runs and after it. */
class FollowRunTest {
  @TempDir private Path directory;

  private DroppedFiles files;
  private Path database;
  private LiveLoader loader;

  @BeforeEach
  void start() throws IOException {
    files = new DroppedFiles(new LiveFolder(directory.resolve("live")));
    database = MigratedFile.at(directory.resolve("test.duckdb"));
    loader = files.loader(database, "r1");
    loader.start();
  }

  @Test
  void requestToStopCancelsTheJobAndLoadsWhatItLeft() throws SQLException {
    drop("s1");
    StopRequest stop = new StopRequest();
    // The job drops its last file while it is being cancelled.
    Job job = new Job(() -> drop("s2"), Optional.empty());
    List<LiveLoad> loads = new ArrayList<>();

    LiveLoad total =
        new FollowRun(
                loader,
                new FollowListener() {
                  @Override
                  public void stage(String message) {}

                  @Override
                  public void loaded(LiveLoad load, Connection warehouse) {
                    loads.add(load);
                    stop.request();
                  }
                })
            .run(stop, job);

    assertThat(job.cancelled, is(true));
    assertThat(loads, hasSize(2));
    assertThat(total.versions(), is(2L));
    assertThat(rows("select sale_id from sale_versions order by 1"), contains("s1", "s2"));
    assertThat(rows("select status from load_runs"), contains("PUBLISHED"));
  }

  @Test
  void jobThatFailsFailsTheRunAfterItsFilesAreLoaded() throws SQLException {
    drop("s1");
    Job job = new Job(() -> {}, Optional.of(new IllegalStateException("the job broke")));
    job.cancelled = true;

    IllegalStateException thrown =
        assertThrows(
            IllegalStateException.class,
            () -> new FollowRun(loader, FollowListener.SILENT).run(new StopRequest(), job));

    assertThat(thrown.getMessage(), is("the job broke"));
    assertThat(rows("select sale_id from sale_versions"), contains("s1"));
    assertThat(
        rows("select status, message from load_runs"),
        contains("FAILED|java.lang.IllegalStateException: the job broke"));
  }

  @Test
  void loadThatFailsCancelsTheJob() throws SQLException {
    drop("s1");
    Job job = new Job(() -> {}, Optional.empty());
    FollowListener listener =
        new FollowListener() {
          @Override
          public void stage(String message) {}

          @Override
          public void loaded(LiveLoad load, Connection warehouse) {
            throw new IllegalStateException("the view broke");
          }
        };

    assertThrows(
        IllegalStateException.class,
        () -> new FollowRun(loader, listener).run(new StopRequest(), job));

    assertThat(job.cancelled, is(true));
    assertThat(rows("select status from load_runs"), contains("FAILED"));
  }

  private void drop(String sale) {
    try {
      files.versions(sale + "|2024-05-02 09:00:00|CURRENT|20000");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> rows(String sql) throws SQLException {
    return DroppedFiles.rows(database, sql);
  }

  private static final class Job implements LiveJob {
    private final Runnable onCancel;
    private final Optional<RuntimeException> failure;
    private boolean cancelled;

    Job(Runnable onCancel, Optional<RuntimeException> failure) {
      this.onCancel = onCancel;
      this.failure = failure;
    }

    @Override
    public boolean runs() {
      return !cancelled;
    }

    @Override
    public void cancel() {
      cancelled = true;
      onCancel.run();
    }

    @Override
    public Optional<RuntimeException> failure() {
      return failure;
    }
  }
}
