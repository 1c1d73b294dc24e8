/** Tables, formats and the terminal. */
@NullMarked
package io.autopulse.cli.text;

import org.jspecify.annotations.NullMarked;
