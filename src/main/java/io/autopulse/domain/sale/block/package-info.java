/** Blocks: versions of sales as bytes, and what is computed on them. */
@NullMarked
package io.autopulse.domain.sale.block;

import org.jspecify.annotations.NullMarked;
