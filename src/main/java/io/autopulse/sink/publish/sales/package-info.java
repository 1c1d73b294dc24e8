/** Publishes sales, reference data and KPIs. */
@NullMarked
package io.autopulse.sink.publish.sales;

import org.jspecify.annotations.NullMarked;
