/** Problems as users read them: the error of a call, and the codes of rejected records. */
@NullMarked
package io.autopulse.domain.problem;

import org.jspecify.annotations.NullMarked;
