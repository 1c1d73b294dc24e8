/** Which published runs another one may follow, repeat or learn from. */
@NullMarked
package io.autopulse.domain.run;

import org.jspecify.annotations.NullMarked;
