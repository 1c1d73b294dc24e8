/** What the tests of whole runs share: the jar in a child process, and tables to compare. */
package io.autopulse.testing;
