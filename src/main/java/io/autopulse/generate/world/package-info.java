/** The generated dealer network, its vehicles, customers and sales. */
@NullMarked
package io.autopulse.generate.world;

import org.jspecify.annotations.NullMarked;
