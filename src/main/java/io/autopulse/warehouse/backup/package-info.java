/** Backups of a DuckDB warehouse, and what proves that they can be restored. */
@NullMarked
package io.autopulse.warehouse.backup;

import org.jspecify.annotations.NullMarked;
