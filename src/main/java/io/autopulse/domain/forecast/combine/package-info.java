/**
 * From a panel of series to forecasts that are combined, gated and bounded: the backtest, the
 * weights, the gates and the bias.
 */
@NullMarked
package io.autopulse.domain.forecast.combine;

import org.jspecify.annotations.NullMarked;
