package io.autopulse.domain.forecast.season;

import io.autopulse.domain.forecast.smoothing.SeasonalityTest;

/**
 * Sees a season where its strength by {@link Stl} is above a limit (Wang, Smith, Hyndman, 2006). It
 * sees seasons under trends and slow changes, which a test of autocorrelation misses. Noise alone
 * has a strength, too: of five seasons about a third.
 *
 * @param least the strength above which a season is one, from 0 to 1
 */
public record StrongSeason(double least) implements SeasonalityTest {
  /** The limit of R's {@code nsdiffs} for taking a season out. */
  private static final double USUAL = .64;

  /** Sees seasons of at least the usual strength, {@value #USUAL}. */
  public StrongSeason() {
    this(USUAL);
  }

  @Override
  public boolean seasonal(double[] history, int season) {
    return SeasonStrength.of(history, season).season() > least;
  }
}
