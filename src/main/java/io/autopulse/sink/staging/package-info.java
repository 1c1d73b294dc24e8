/** What a run stages before it publishes. */
@NullMarked
package io.autopulse.sink.staging;

import org.jspecify.annotations.NullMarked;
