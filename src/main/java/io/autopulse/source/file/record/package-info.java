/** Cuts files into blocks of whole records, with their headers and lines. */
@NullMarked
package io.autopulse.source.file.record;

import org.jspecify.annotations.NullMarked;
