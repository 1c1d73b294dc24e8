/** Intervals of forecasts, from the errors of a backtest. */
@NullMarked
package io.autopulse.domain.forecast.interval;

import org.jspecify.annotations.NullMarked;
