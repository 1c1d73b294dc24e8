/** Files as bytes: what they are, where they lie, when they are whole. */
@NullMarked
package io.autopulse.source.file;

import org.jspecify.annotations.NullMarked;
