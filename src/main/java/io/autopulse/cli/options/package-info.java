/** Options that several commands share. */
@NullMarked
package io.autopulse.cli.options;

import org.jspecify.annotations.NullMarked;
