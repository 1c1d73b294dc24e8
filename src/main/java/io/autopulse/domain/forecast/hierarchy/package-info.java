/**
 * Forecasts that add up: a cross-classified structure over the finest cells, and the ways to make
 * its forecasts coherent in whole units.
 */
@NullMarked
package io.autopulse.domain.forecast.hierarchy;

import org.jspecify.annotations.NullMarked;
