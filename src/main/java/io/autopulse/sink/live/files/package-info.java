/** Live rows as files, loaded into DuckDB. */
@NullMarked
package io.autopulse.sink.live.files;

import org.jspecify.annotations.NullMarked;
