/** What runs when, as data: jobs, their fire times, and the heartbeats of their runs. */
@NullMarked
package io.autopulse.operations.schedule;

import org.jspecify.annotations.NullMarked;
