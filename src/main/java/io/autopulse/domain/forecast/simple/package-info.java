/** Forecasts that carry forward what was: the measure of every other method. */
@NullMarked
package io.autopulse.domain.forecast.simple;

import org.jspecify.annotations.NullMarked;
