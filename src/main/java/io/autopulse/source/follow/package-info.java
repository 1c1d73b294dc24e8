/** Folders that a live job follows. */
@NullMarked
package io.autopulse.source.follow;

import org.jspecify.annotations.NullMarked;
