/** What is healthy: expected volumes, shares, findings and their causes, error budgets. */
@NullMarked
package io.autopulse.domain.health;

import org.jspecify.annotations.NullMarked;
