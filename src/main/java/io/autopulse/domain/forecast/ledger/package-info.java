/** The ledger of forecasts: what was known when, what was forecast, and how well it did. */
@NullMarked
package io.autopulse.domain.forecast.ledger;

import org.jspecify.annotations.NullMarked;
