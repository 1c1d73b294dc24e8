/** The daily refresh and the live job of sales. */
@NullMarked
package io.autopulse.pipeline.sales;

import org.jspecify.annotations.NullMarked;
