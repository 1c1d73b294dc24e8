/** Ordered parallel work and its progress. */
@NullMarked
package io.autopulse.generate.work;

import org.jspecify.annotations.NullMarked;
