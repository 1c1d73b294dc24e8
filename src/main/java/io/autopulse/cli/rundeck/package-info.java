/** {@code autopulse jobs}: Rundeck's jobs, checked, compared and deployed. */
@NullMarked
package io.autopulse.cli.rundeck;

import org.jspecify.annotations.NullMarked;
