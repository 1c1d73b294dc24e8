package io.autopulse.generate.work;

/** Is told how far the generator is, often; must be cheap. */
@FunctionalInterface
public interface GenerateProgress {
  /** Tells nobody. */
  GenerateProgress SILENT = (stage, done, total) -> {};

  /**
   * Reports the work done.
   *
   * @param stage what is going on, such as {@code sales}
   * @param done records written so far in this stage
   * @param total how many there will be, roughly
   */
  void report(String stage, long done, long total);
}
