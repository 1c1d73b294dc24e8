/** KPI definitions: grains, dimensions, cells, price histograms and measures. */
@NullMarked
package io.autopulse.domain.kpi;

import org.jspecify.annotations.NullMarked;
