package io.autopulse.sink.live;

import io.autopulse.warehouse.runs.RunId;

/**
 * The state that a live job goes on with.
 *
 * @param id the run that began it without a checkpoint
 * @param anew whether this run begins it
 * @param readWarehouse whether it took what the warehouse knew when it began; false if the
 *     warehouse could not be reached then
 */
public record LiveState(String id, boolean anew, boolean readWarehouse) {
  /** Checks the id, which is that of a run. */
  public LiveState {
    RunId.check(id);
  }
}
