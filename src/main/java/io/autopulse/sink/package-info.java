/** Staging, audits and the publishing transaction, for each warehouse. */
@NullMarked
package io.autopulse.sink;

import org.jspecify.annotations.NullMarked;
