/** Forecasts of what begins and ends: launches by the curves of siblings, run-outs, successors. */
@NullMarked
package io.autopulse.domain.forecast.life;

import org.jspecify.annotations.NullMarked;
