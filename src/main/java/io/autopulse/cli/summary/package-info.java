/** What a command prints about runs, KPIs and trends. */
@NullMarked
package io.autopulse.cli.summary;

import org.jspecify.annotations.NullMarked;
