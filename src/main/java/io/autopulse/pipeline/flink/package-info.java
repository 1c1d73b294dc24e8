/** Jobs on Flink, embedded or on a cluster, and their checkpoints. */
@NullMarked
package io.autopulse.pipeline.flink;

import org.jspecify.annotations.NullMarked;
