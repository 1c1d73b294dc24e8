/** Forecasts of series that are 0 in many periods. */
@NullMarked
package io.autopulse.domain.forecast.intermittent;

import org.jspecify.annotations.NullMarked;
