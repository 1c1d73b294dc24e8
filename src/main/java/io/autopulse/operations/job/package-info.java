/** Runs what is due: catching up, attempts, locks, and the processes of steps. */
@NullMarked
package io.autopulse.operations.job;

import org.jspecify.annotations.NullMarked;
