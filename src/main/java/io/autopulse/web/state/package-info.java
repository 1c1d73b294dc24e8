/** What a URL of the dashboard asks for. */
@NullMarked
package io.autopulse.web.state;

import org.jspecify.annotations.NullMarked;
