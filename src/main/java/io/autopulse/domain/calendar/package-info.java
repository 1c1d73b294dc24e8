/** The calendar of trade: periods of a series, holidays, selling days. */
@NullMarked
package io.autopulse.domain.calendar;

import org.jspecify.annotations.NullMarked;
