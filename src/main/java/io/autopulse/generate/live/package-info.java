/** Generated streams. */
@NullMarked
package io.autopulse.generate.live;

import org.jspecify.annotations.NullMarked;
