/** KPI rows of all facts at once, from windows and months. */
@NullMarked
package io.autopulse.domain.kpi.rollup;

import org.jspecify.annotations.NullMarked;
