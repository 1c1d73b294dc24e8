/** DuckDB as the warehouse. */
@NullMarked
package io.autopulse.warehouse.duckdb;

import org.jspecify.annotations.NullMarked;
