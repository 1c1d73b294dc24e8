/** Publishes market figures and their vintages. */
@NullMarked
package io.autopulse.sink.publish.market;

import org.jspecify.annotations.NullMarked;
