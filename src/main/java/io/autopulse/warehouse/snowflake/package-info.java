/** Snowflake as the warehouse. */
@NullMarked
package io.autopulse.warehouse.snowflake;

import org.jspecify.annotations.NullMarked;
