/** Forecasts of another engine, with which those of the methods are compared. */
@NullMarked
package io.autopulse.domain.forecast.reference;

import org.jspecify.annotations.NullMarked;
