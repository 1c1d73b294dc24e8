/** The dashboard: a server of read-only pages over serving copies of a warehouse. */
@NullMarked
package io.autopulse.web;

import org.jspecify.annotations.NullMarked;
