/** Pages as files: one that works offline, and a digest for the morning mail. */
@NullMarked
package io.autopulse.web.export;

import org.jspecify.annotations.NullMarked;
