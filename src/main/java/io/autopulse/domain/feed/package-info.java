/** Feeds: their fields, formats, headers, raw records and rejections. */
@NullMarked
package io.autopulse.domain.feed;

import org.jspecify.annotations.NullMarked;
