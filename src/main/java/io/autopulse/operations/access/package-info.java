/** How the servers are found that other programs run, and the secrets that they ask for. */
@NullMarked
package io.autopulse.operations.access;

import org.jspecify.annotations.NullMarked;
