/**
 * What the warehouse knows, for people and monitors: typed values that the command line lays out as
 * text. Reads only.
 */
@NullMarked
package io.autopulse.report;

import org.jspecify.annotations.NullMarked;
