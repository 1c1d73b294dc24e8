/** The collections, questions and dashboards of a Metabase server, as files. */
@NullMarked
package io.autopulse.operations.metabase;

import org.jspecify.annotations.NullMarked;
