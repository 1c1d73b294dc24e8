/** Why a forecast is what it is: parts that add up, and a sentence. */
@NullMarked
package io.autopulse.domain.forecast.explain;

import org.jspecify.annotations.NullMarked;
