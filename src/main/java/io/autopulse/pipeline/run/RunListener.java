package io.autopulse.pipeline.run;

/** Is told how far a run is: what a terminal shows. */
public interface RunListener {
  /** Says nothing. */
  RunListener SILENT = message -> {};

  /** Takes what the run does next, such as {@code reading}. */
  void stage(String message);
}
