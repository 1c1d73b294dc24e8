/** The log of runs. */
@NullMarked
package io.autopulse.warehouse.runs;

import org.jspecify.annotations.NullMarked;
