/** Parses and aggregates market feeds. */
@NullMarked
package io.autopulse.transform.market;

import org.jspecify.annotations.NullMarked;
