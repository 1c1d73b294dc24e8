/** Trend features of weeks: their formulas, and what was known of a week at the end of another. */
@NullMarked
package io.autopulse.domain.trend;

import org.jspecify.annotations.NullMarked;
