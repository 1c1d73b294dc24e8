/** {@code autopulse marts}: dbt, its environment, its project and what it answers. */
@NullMarked
package io.autopulse.cli.marts;

import org.jspecify.annotations.NullMarked;
