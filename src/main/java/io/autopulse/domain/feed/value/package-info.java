/** Numbers, dates and text as sources write them. */
@NullMarked
package io.autopulse.domain.feed.value;

import org.jspecify.annotations.NullMarked;
