package io.autopulse.pipeline;

import io.autopulse.sink.LiveFolder;
import io.autopulse.sink.LiveFolderSink;
import io.autopulse.sink.LiveLoad;
import io.autopulse.sink.LiveLoader;
import io.autopulse.sink.LiveSink;
import io.autopulse.sink.RunStart;
import java.nio.file.Path;
import java.time.Clock;

/**
 * The way into a DuckDB file, which one process at a time may write: the job drops files, a loader
 * loads them.
 */
final class LoaderRoute implements LiveRoute {
  private final Path database;
  private final LiveFolder folder;
  private final String currency;
  private final Clock clock;
  private final FollowListener listener;

  LoaderRoute(
      Path database, LiveFolder folder, String currency, Clock clock, FollowListener listener) {
    this.database = database;
    this.folder = folder;
    this.currency = currency;
    this.clock = clock;
    this.listener = listener;
  }

  @Override
  public LiveFolder folder() {
    return folder;
  }

  @Override
  public void prepare() {
    folder.create();
  }

  @Override
  public LiveSink sink(String runId) {
    return new LiveFolderSink(folder);
  }

  @Override
  public Started start(RunStart run) {
    LiveLoader loader = new LiveLoader(database, folder, run, currency, clock, listener::stage);
    loader.start();
    return new Started() {
      @Override
      public LiveLoad follow(StopRequest stop, LiveJob job) {
        return new FollowRun(loader, listener).run(stop, job);
      }

      @Override
      public void fail(String message) {
        loader.fail(message);
      }
    };
  }

  @Override
  public Submitted startElsewhere(RunStart run) {
    return Submitted.UNLOGGED;
  }

  @Override
  public Started join(RunStart run) {
    return start(run);
  }
}
