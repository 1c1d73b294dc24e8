/** Parses sales and reference data, and resolves versions. */
@NullMarked
package io.autopulse.transform.sales;

import org.jspecify.annotations.NullMarked;
