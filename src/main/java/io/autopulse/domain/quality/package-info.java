/** Reject codes, rules and the parsing of raw fields into sale versions. */
@NullMarked
package io.autopulse.domain.quality;

import org.jspecify.annotations.NullMarked;
