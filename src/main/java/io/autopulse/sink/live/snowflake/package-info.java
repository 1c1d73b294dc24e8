/** Live rows into Snowflake by Snowpipe. */
@NullMarked
package io.autopulse.sink.live.snowflake;

import org.jspecify.annotations.NullMarked;
