/**
 * The jobs of Rundeck as files: reads and checks them, and brings a Rundeck project in line with
 * them.
 */
@NullMarked
package io.autopulse.operations.rundeck;

import org.jspecify.annotations.NullMarked;
