/** Why a forecast is what it is: parts that add up, a sentence, and the value of each step. */
@NullMarked
package io.autopulse.domain.forecast.explain;

import org.jspecify.annotations.NullMarked;
