/** From raw blocks to fields of records; rejected records and counts. */
@NullMarked
package io.autopulse.transform.record;

import org.jspecify.annotations.NullMarked;
