/** Forecasts of regular series: what a method gets and gives, and how well it did. */
@NullMarked
package io.autopulse.domain.forecast;

import org.jspecify.annotations.NullMarked;
