package io.autopulse.domain.forecast;

/**
 * What is forecast for one series, in units a period. All arrays have one value for each period of
 * the horizon; {@code 0 <= lower95 <= lower80 <= mean <= upper80 <= upper95}.
 *
 * @param key the series
 * @param method what gave the mean: {@code combination}, or the simple method that a gate chose
 * @param reason why, in words, when a gate or the life cycle chose; empty otherwise
 * @param mean the point forecast
 * @param lower80 lower bounds of the 80 % interval
 * @param upper80 upper bounds of the 80 % interval
 * @param lower95 lower bounds of the 95 % interval
 * @param upper95 upper bounds of the 95 % interval
 * @param naive the last value carried forward
 * @param seasonalNaive the last season carried forward
 */
@SuppressWarnings("ArrayRecordComponent") // the numbers of a forecast are read, never compared
public record MemberForecast(
    String key,
    String method,
    String reason,
    double[] mean,
    double[] lower80,
    double[] upper80,
    double[] lower95,
    double[] upper95,
    double[] naive,
    double[] seasonalNaive) {}
