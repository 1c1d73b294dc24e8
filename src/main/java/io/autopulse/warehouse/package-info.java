/** The warehouse: its URI, connections, statements and transactions. */
@NullMarked
package io.autopulse.warehouse;

import org.jspecify.annotations.NullMarked;
