/** Tables and queries of databases. */
@NullMarked
package io.autopulse.source.jdbc;

import org.jspecify.annotations.NullMarked;
