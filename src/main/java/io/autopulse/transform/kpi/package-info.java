/** Computes KPIs, of a batch and of a stream. */
@NullMarked
package io.autopulse.transform.kpi;

import org.jspecify.annotations.NullMarked;
