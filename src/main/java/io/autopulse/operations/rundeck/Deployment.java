package io.autopulse.operations.rundeck;

import java.util.List;

/**
 * Brings a project in line with the files. A second deployment finds nothing to do; one that was
 * ended halfway is completed by the next.
 */
public final class Deployment {
  private final RundeckFolder folder;
  private final RundeckProject project;

  /**
   * Makes a deployment; nothing is done yet.
   *
   * @param folder the jobs as they shall be
   */
  public Deployment(RundeckFolder folder, RundeckProject project) {
    this.folder = folder;
    this.project = project;
  }

  /** Returns what a deployment would change. */
  public Drift drift() {
    return Drift.between(folder, project.jobs());
  }

  /**
   * Deletes what the folder no longer has, then imports what is missing or differs. In this order,
   * for a job that was deleted and imported again by hand has the name, but not the identity.
   *
   * @return what differed before
   */
  public Drift deploy() {
    Drift drift = drift();
    if (!drift.surplus().isEmpty()) {
      project.delete(List.copyOf(drift.surplus().keySet()));
    }
    drift.missing().forEach(project::importJob);
    drift.changed().forEach(changed -> project.importJob(changed.job()));
    return drift;
  }
}
