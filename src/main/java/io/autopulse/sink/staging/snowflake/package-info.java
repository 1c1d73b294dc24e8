/** Staging in Snowflake. */
@NullMarked
package io.autopulse.sink.staging.snowflake;

import org.jspecify.annotations.NullMarked;
