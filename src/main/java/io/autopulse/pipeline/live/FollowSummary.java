package io.autopulse.pipeline.live;

import io.autopulse.sink.live.LiveLoad;
import java.util.List;

/**
 * What a live run did until it ended.
 *
 * @param runId the run
 * @param job the manifest's job
 * @param warehouse where it was loaded
 * @param total all loads together; {@code waiting} is what the next start finds
 * @param seconds the whole run's wall time
 * @param absentKeys keys that some JSON records lack, and those that the manifest names, of a job
 *     in this process
 */
public record FollowSummary(
    String runId,
    String job,
    String warehouse,
    LiveLoad total,
    double seconds,
    List<String> absentKeys) {
  /** Copies the list. */
  public FollowSummary {
    absentKeys = List.copyOf(absentKeys);
  }
}
