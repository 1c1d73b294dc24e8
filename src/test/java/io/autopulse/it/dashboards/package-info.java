/** Dashboards of other servers, as their files describe them. */
@NullMarked
package io.autopulse.it.dashboards;

import org.jspecify.annotations.NullMarked;
