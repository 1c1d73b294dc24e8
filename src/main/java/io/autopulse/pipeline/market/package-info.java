/** The market data jobs. */
@NullMarked
package io.autopulse.pipeline.market;

import org.jspecify.annotations.NullMarked;
