/** Forecasts of series, and their comparison with what happened since. */
@NullMarked
package io.autopulse.transform.forecast;

import org.jspecify.annotations.NullMarked;
