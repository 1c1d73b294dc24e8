/** Who may read the dashboard, whose sales, and how often. */
@NullMarked
package io.autopulse.web.access;

import org.jspecify.annotations.NullMarked;
