/** What live jobs write, and the folder they share with their loader. */
@NullMarked
package io.autopulse.sink.live;

import org.jspecify.annotations.NullMarked;
