/** Migrations. */
@NullMarked
package io.autopulse.warehouse.schema;

import org.jspecify.annotations.NullMarked;
