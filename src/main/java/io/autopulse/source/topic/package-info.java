/** Kafka topics. */
@NullMarked
package io.autopulse.source.topic;

import org.jspecify.annotations.NullMarked;
