/** Manifests and runner configurations: strict YAML, read once into immutable records. */
@NullMarked
package io.autopulse.pipeline.manifest;

import org.jspecify.annotations.NullMarked;
