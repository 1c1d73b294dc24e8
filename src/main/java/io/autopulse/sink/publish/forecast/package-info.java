/** Publishes forecasts: appends to their ledger. */
@NullMarked
package io.autopulse.sink.publish.forecast;

import org.jspecify.annotations.NullMarked;
