/** The commands that back up a warehouse and restore it. */
@NullMarked
package io.autopulse.cli.backup;

import org.jspecify.annotations.NullMarked;
