/** The weekly trends. */
@NullMarked
package io.autopulse.pipeline.trend;

import org.jspecify.annotations.NullMarked;
