/** A job over a range of past dates, chunk by chunk. */
@NullMarked
package io.autopulse.pipeline.backfill;

import org.jspecify.annotations.NullMarked;
