package io.autopulse.pipeline.live;

import io.autopulse.pipeline.run.RunListener;
import io.autopulse.sink.live.LiveLoad;
import java.sql.Connection;
import java.sql.SQLException;

/** Is told what a live run loads: what a terminal shows. */
public interface FollowListener extends RunListener {
  /** Says nothing, and looks at nothing. */
  FollowListener SILENT =
      new FollowListener() {
        @Override
        public void stage(String message) {}

        @Override
        public void loaded(LiveLoad load, Connection warehouse) {}
      };

  /**
   * Takes what was loaded, if anything, while the warehouse is still open: what is read here keeps
   * others waiting.
   */
  void loaded(LiveLoad load, Connection warehouse) throws SQLException;

  /** Tells whether the warehouse is to be opened and looked at soon, though no file waits. */
  default boolean wantsToLook() {
    return false;
  }

  /** Takes what a warehouse's own pipes loaded, if anything, every ten seconds. */
  default void ingested(LiveLoad load) {}
}
