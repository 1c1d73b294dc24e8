/** Publishes trend features. */
@NullMarked
package io.autopulse.sink.publish.trend;

import org.jspecify.annotations.NullMarked;
