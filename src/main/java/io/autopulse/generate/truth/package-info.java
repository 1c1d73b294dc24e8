/** The expected KPIs, computed in another way than the pipelines. */
@NullMarked
package io.autopulse.generate.truth;

import org.jspecify.annotations.NullMarked;
