/** Writes rows to Parquet files, which every warehouse reads by itself. */
@NullMarked
package io.autopulse.sink.parquet;

import org.jspecify.annotations.NullMarked;
