/** The command line: picocli commands and the only {@code main}. */
@NullMarked
package io.autopulse.cli;

import org.jspecify.annotations.NullMarked;
