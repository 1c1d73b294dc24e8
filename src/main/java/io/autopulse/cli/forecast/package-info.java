/** Forecasts of a CSV file, and how well they did: {@code autopulse forecast --csv}. */
@NullMarked
package io.autopulse.cli.forecast;

import org.jspecify.annotations.NullMarked;
