package io.autopulse.domain.forecast.interval;

/**
 * The intervals of a forecast, one bound of each kind for a period: {@code 0 <= lower95 <= lower80
 * <= mean <= upper80 <= upper95}.
 *
 * @param lower80 lower bounds of the 80 % interval
 * @param upper80 upper bounds of the 80 % interval
 * @param lower95 lower bounds of the 95 % interval
 * @param upper95 upper bounds of the 95 % interval
 */
@SuppressWarnings("ArrayRecordComponent") // the bounds of a forecast are read, never compared
public record Bounds(double[] lower80, double[] upper80, double[] lower95, double[] upper95) {}
