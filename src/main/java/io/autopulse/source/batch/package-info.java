/** Files that a run reads once. */
@NullMarked
package io.autopulse.source.batch;

import org.jspecify.annotations.NullMarked;
