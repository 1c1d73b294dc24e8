/** Formats of generated records. */
@NullMarked
package io.autopulse.generate.format;

import org.jspecify.annotations.NullMarked;
