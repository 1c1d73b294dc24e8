/** Serving copies: what dashboards read, so that they never stand in a run's way. */
@NullMarked
package io.autopulse.warehouse.serving;

import org.jspecify.annotations.NullMarked;
