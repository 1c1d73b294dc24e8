/** Figures of the market: registrations, fuel prices and attention, with the day each was known. */
@NullMarked
package io.autopulse.domain.market;

import org.jspecify.annotations.NullMarked;
