/** The dashboard's named queries, and their rows as typed values. */
@NullMarked
package io.autopulse.report.dashboard;

import org.jspecify.annotations.NullMarked;
