/** {@code autopulse health}. */
@NullMarked
package io.autopulse.cli.health;

import org.jspecify.annotations.NullMarked;
