/** KPI cells that follow changes. */
@NullMarked
package io.autopulse.domain.kpi.cell;

import org.jspecify.annotations.NullMarked;
