/** The core tables, read back. */
@NullMarked
package io.autopulse.source.warehouse;

import org.jspecify.annotations.NullMarked;
