/** Starts batch and live runs from the command line, and reports their progress. */
@NullMarked
package io.autopulse.cli.launch;

import org.jspecify.annotations.NullMarked;
