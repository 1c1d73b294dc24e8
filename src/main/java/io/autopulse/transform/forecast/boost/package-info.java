/** One gradient boosted model for all series of a panel, by LightGBM. */
@NullMarked
package io.autopulse.transform.forecast.boost;

import org.jspecify.annotations.NullMarked;
