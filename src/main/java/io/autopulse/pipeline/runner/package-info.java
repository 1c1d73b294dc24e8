/** Runner configurations and Beam's options. */
@NullMarked
package io.autopulse.pipeline.runner;

import org.jspecify.annotations.NullMarked;
