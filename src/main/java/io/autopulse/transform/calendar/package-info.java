/** Public holidays from the library that knows them. */
@NullMarked
package io.autopulse.transform.calendar;

import org.jspecify.annotations.NullMarked;
