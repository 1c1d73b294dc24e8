/**
 * Exponential smoothing and its kin: ETS, Theta, complex and simple smoothing. The fits agree with
 * those of statsforecast 2.1.1; {@code docs/forecast-methods.md} names where they differ on
 * purpose.
 */
@NullMarked
package io.autopulse.domain.forecast.smoothing;

import org.jspecify.annotations.NullMarked;
