package io.autopulse.pipeline.live;

import io.autopulse.sink.live.LiveLoad;
import io.autopulse.warehouse.serving.LivePublisher;
import java.sql.Connection;
import java.sql.SQLException;

/** Publishes for dashboards what a run loads, and tells another listener. */
final class DashboardListener implements FollowListener {
  private final FollowListener listener;
  private final LivePublisher publisher;

  DashboardListener(FollowListener listener, LivePublisher publisher) {
    this.listener = listener;
    this.publisher = publisher;
  }

  @Override
  public void stage(String message) {
    listener.stage(message);
  }

  @Override
  public void loaded(LiveLoad load, Connection warehouse) throws SQLException {
    listener.loaded(load, warehouse);
    publisher.loaded(warehouse, load.panes(), load.newest());
  }

  @Override
  public boolean wantsToLook() {
    return publisher.isDue() || listener.wantsToLook();
  }
}
