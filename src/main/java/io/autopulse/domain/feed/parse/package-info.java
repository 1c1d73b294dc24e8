/** Parsers of records, one a kind of feed. */
@NullMarked
package io.autopulse.domain.feed.parse;

import org.jspecify.annotations.NullMarked;
