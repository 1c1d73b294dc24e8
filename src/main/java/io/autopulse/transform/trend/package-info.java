/** Computes trend features, of a batch and of a stream. */
@NullMarked
package io.autopulse.transform.trend;

import org.jspecify.annotations.NullMarked;
