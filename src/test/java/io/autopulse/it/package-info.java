/** Whole runs, with real parts: what the daily refresh promises, shown. */
package io.autopulse.it;
