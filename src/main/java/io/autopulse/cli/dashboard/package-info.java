/** {@code autopulse dashboard}. */
@NullMarked
package io.autopulse.cli.dashboard;

import org.jspecify.annotations.NullMarked;
