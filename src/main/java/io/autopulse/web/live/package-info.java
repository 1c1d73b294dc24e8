/** The live page: what a live job has published of today, and the events that keep it fresh. */
@NullMarked
package io.autopulse.web.live;

import org.jspecify.annotations.NullMarked;
