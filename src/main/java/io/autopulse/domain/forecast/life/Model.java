package io.autopulse.domain.forecast.life;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the life of a model.
 *
 * @param key the key of its series and forecast
 * @param launchedOn the first day it can be sold; null if not known
 * @param discontinuedOn the first day from which it is only sold from stock; null if there is none
 * @param successor the key of the model that takes its place; null if there is none
 * @param segment such as {@code SUV}; null if not known
 * @param powertrain such as {@code BEV}; null if not known
 * @param price a typical price, above 0, of one currency for all models; null if not known
 */
public record Model(
    String key,
    @Nullable LocalDate launchedOn,
    @Nullable LocalDate discontinuedOn,
    @Nullable String successor,
    @Nullable String segment,
    @Nullable String powertrain,
    @Nullable Double price) {
  /** A difference of segment or powertrain counts as much as a price twice as high. */
  private static final double UNKNOWN = 0.5;

  /**
   * Returns how unlike two models are: 1 for another segment, 1 for another powertrain, 1 for a
   * price twice as high or half, and half of that for what is not known.
   */
  double distance(Model other) {
    double distance = differs(segment, other.segment) + differs(powertrain, other.powertrain);
    Double own = price;
    Double others = other.price;
    return own == null || others == null || !(own > 0) || !(others > 0)
        ? distance + UNKNOWN
        : distance + Math.abs(Math.log(own / others)) / Math.log(2);
  }

  private static double differs(@Nullable String one, @Nullable String other) {
    if (one == null || other == null) {
      return UNKNOWN;
    }
    return one.equals(other) ? 0 : 1;
  }
}
