/** The catalogue of core tables: what their migrations make, described once. */
@NullMarked
package io.autopulse.warehouse.table;

import org.jspecify.annotations.NullMarked;
