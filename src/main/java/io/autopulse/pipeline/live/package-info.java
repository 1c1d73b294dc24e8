/** Live runs: what they follow, load, report and keep. */
@NullMarked
package io.autopulse.pipeline.live;

import org.jspecify.annotations.NullMarked;
