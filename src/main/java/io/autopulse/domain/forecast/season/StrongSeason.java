package io.autopulse.domain.forecast.season;

import io.autopulse.domain.forecast.smoothing.SeasonalityTest;

/**
 * Sees a season where its strength by {@link Stl} (Wang, Smith, Hyndman, 2006) is more than noise
 * would have. Noise of n seasons has a strength of about 1 / n, since each phase is a mean of n
 * values; as of a coefficient of determination, only what goes beyond that counts. It sees seasons
 * under trends and slow changes, which a test of autocorrelation misses.
 *
 * @param least the strength beyond that of noise, as a part of what is left, above which a season
 *     is one; from 0 to 1
 */
public record StrongSeason(double least) implements SeasonalityTest {
  /** A strength of 0.65 in two seasons, which is that of R's nsdiffs, 0.44 in five, 0.37 in ten. */
  private static final double USUAL = .3;

  /** Sees seasons of at least the usual strength, {@value #USUAL} beyond that of noise. */
  public StrongSeason() {
    this(USUAL);
  }

  @Override
  public boolean seasonal(double[] history, int season) {
    double noise = Math.min(1, (double) season / history.length);
    double strength = SeasonStrength.of(history, season).season();
    return strength - noise > least * (1 - noise);
  }
}
