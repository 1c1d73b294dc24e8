/** What a period is compared with, and what made a figure change. */
@NullMarked
package io.autopulse.domain.compare;

import org.jspecify.annotations.NullMarked;
