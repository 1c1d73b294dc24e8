/** The weekly forecast. */
@NullMarked
package io.autopulse.pipeline.forecast;

import org.jspecify.annotations.NullMarked;
