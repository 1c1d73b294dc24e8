/** One class a job; manifests and runner configurations, read once into immutable records. */
@NullMarked
package io.autopulse.pipeline;

import org.jspecify.annotations.NullMarked;
