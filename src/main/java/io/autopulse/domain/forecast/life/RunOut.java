package io.autopulse.domain.forecast.life;

import java.util.List;

/**
 * How models end: what part of the level before is sold in the periods after. It is what the ended
 * models sold together, never rising. Where fewer than {@value #FEWEST} are known, it falls in
 * equal steps to nothing in 13 weeks.
 */
final class RunOut {
  /** Fewer ended models than this say nothing. */
  static final int FEWEST = 3;

  private final double[] parts;

  private RunOut(double[] parts) {
    this.parts = parts;
  }

  /**
   * A model that has ended.
   *
   * @param level its mean before the end, units a period
   * @param units what it sold since
   */
  @SuppressWarnings("ArrayRecordComponent") // read in place
  record Ended(double level, double[] units) {}

  /** Learns the curve. */
  static RunOut of(Pace pace, List<Ended> ended) {
    double[] parts = new double[pace.mature()];
    double last = 1;
    double lastDefault = 1;
    for (int k = 0; k < parts.length; k++) {
      int at = k;
      List<Ended> known =
          ended.stream().filter(e -> e.level() > 0 && e.units().length > at).toList();
      double byDefault = Math.max(0, 1 - (k + 1.0) / (pace.before() + 1));
      double part = lastDefault > 0 ? last * byDefault / lastDefault : 0;
      if (known.size() >= FEWEST) {
        double levels = known.stream().mapToDouble(Ended::level).sum();
        part = known.stream().mapToDouble(e -> e.units()[at]).sum() / levels;
      }
      last = Math.min(last, Math.max(0, part));
      lastDefault = byDefault;
      parts[k] = last;
    }
    return new RunOut(parts);
  }

  /**
   * Returns the part of the level that is sold in a period.
   *
   * @param period 0 for that of the end; 1 is returned before it
   */
  double part(int period) {
    return period < 0 ? 1 : period < parts.length ? parts[period] : 0;
  }

  /** Returns how much more than the curve a model sold since its end, 0 to 2; 1 at its end. */
  double scale(double level, double[] since) {
    double expected = 0;
    double sold = 0;
    for (int k = 0; k < since.length; k++) {
      expected += level * part(k);
      sold += since[k];
    }
    return expected > 0 ? Math.min(2, sold / expected) : 1;
  }
}
