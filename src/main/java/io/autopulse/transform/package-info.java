/** Thin Beam transforms, one verb-named class a file; the rules they apply are in the domain. */
@NullMarked
package io.autopulse.transform;

import org.jspecify.annotations.NullMarked;
