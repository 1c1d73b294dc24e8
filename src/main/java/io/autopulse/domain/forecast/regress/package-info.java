/**
 * Regressors whose future is known or assumed: price, campaigns, fuel, attention, registrations.
 */
@NullMarked
package io.autopulse.domain.forecast.regress;

import org.jspecify.annotations.NullMarked;
