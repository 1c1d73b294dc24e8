/** Sheets of workbooks as rows of text, and cells filled from above. */
@NullMarked
package io.autopulse.source.file.sheet;

import org.jspecify.annotations.NullMarked;
