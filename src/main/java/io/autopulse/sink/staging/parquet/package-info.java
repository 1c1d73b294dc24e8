/** Parquet files, written without Hadoop. */
@NullMarked
package io.autopulse.sink.staging.parquet;

import org.jspecify.annotations.NullMarked;
