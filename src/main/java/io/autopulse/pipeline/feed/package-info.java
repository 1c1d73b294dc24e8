/** Reads feeds into pipelines, and checks sources before a run. */
@NullMarked
package io.autopulse.pipeline.feed;

import org.jspecify.annotations.NullMarked;
