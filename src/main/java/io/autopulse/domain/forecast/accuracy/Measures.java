package io.autopulse.domain.forecast.accuracy;

/**
 * How well the forecasts of a group of series did. What could not be measured is NaN.
 *
 * @param forecasts how many forecasts of a series were measured
 * @param unscaled how many of them had no scale, because the history was constant: they are in
 *     sMAPE, WAPE and the coverage alone
 * @param mase the mean absolute scaled error, mean over the forecasts
 * @param smape the symmetric mean absolute percentage error, mean over the forecasts
 * @param owa the overall weighted average: the mean of sMAPE and MASE as ratios to naive 2
 * @param wape the sum of absolute errors as a share of the sum of absolute actuals
 * @param rmsse the root mean squared scaled error, mean over the forecasts
 * @param msis95 the mean scaled interval score of the 95 % interval, mean over the forecasts
 * @param bias the sum of forecasts less actuals as a share of the sum of absolute actuals
 * @param coverage80 the share of actuals within the 80 % interval
 * @param coverage95 the share of actuals within the 95 % interval
 */
public record Measures(
    int forecasts,
    int unscaled,
    double mase,
    double smape,
    double owa,
    double wape,
    double rmsse,
    double msis95,
    double bias,
    double coverage80,
    double coverage95) {}
