/** Commands that run and watch the jobs which recur. */
@NullMarked
package io.autopulse.cli.operations;

import org.jspecify.annotations.NullMarked;
