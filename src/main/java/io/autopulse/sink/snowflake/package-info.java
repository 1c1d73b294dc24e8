/** Snowflake as a warehouse: who logs in, where, and by what. */
@NullMarked
package io.autopulse.sink.snowflake;

import org.jspecify.annotations.NullMarked;
