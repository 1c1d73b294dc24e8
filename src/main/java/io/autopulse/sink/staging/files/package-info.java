/** Staging in files beside DuckDB. */
@NullMarked
package io.autopulse.sink.staging.files;

import org.jspecify.annotations.NullMarked;
