/** Forecasting methods that need more than the JDK. */
@NullMarked
package io.autopulse.transform.forecast;

import org.jspecify.annotations.NullMarked;
