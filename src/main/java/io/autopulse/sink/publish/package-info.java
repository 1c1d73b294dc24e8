/** Audits and the publishing transaction. */
@NullMarked
package io.autopulse.sink.publish;

import org.jspecify.annotations.NullMarked;
