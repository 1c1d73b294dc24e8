/** Looks at jobs, feeds and tables, says what is wrong, and alerts. */
@NullMarked
package io.autopulse.operations.health;

import org.jspecify.annotations.NullMarked;
