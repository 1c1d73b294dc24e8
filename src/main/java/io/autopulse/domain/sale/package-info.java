/** Sale versions, vehicles, dealers, the calendar, and how versions of one sale are ordered. */
@NullMarked
package io.autopulse.domain.sale;

import org.jspecify.annotations.NullMarked;
