/** What repeats with the season: decompositions, strength, pooled indices, outliers beside it. */
@NullMarked
package io.autopulse.domain.forecast.season;

import org.jspecify.annotations.NullMarked;
