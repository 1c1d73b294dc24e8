/** YAML with places, so that errors name file, line and key. */
@NullMarked
package io.autopulse.pipeline.yaml;

import org.jspecify.annotations.NullMarked;
