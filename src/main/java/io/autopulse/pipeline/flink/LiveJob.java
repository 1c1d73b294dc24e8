package io.autopulse.pipeline.flink;

import io.autopulse.pipeline.live.FollowRun;
import java.util.Optional;

/** The job whose files a {@link FollowRun} loads. */
public interface LiveJob {
  /** A job that runs on a cluster, started and ended by others. */
  LiveJob ELSEWHERE =
      new LiveJob() {
        @Override
        public boolean runs() {
          return true;
        }

        @Override
        public void cancel() {}

        @Override
        public Optional<RuntimeException> failure() {
          return Optional.empty();
        }
      };

  /** Tells whether more files may come. */
  boolean runs();

  /** Ends the job, if it is this process's to end; its checkpoints stay. */
  void cancel();

  /** Returns why the job ended by itself; nothing if it runs, was cancelled, or has finished. */
  Optional<RuntimeException> failure();
}
