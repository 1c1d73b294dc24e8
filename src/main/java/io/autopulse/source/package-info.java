/** Beam reads that turn files, JDBC tables and topics into raw records. */
@NullMarked
package io.autopulse.source;

import org.jspecify.annotations.NullMarked;
