/** What batch runs have in common: the job, its request and its summary. */
@NullMarked
package io.autopulse.pipeline.run;

import org.jspecify.annotations.NullMarked;
