/**
 * Charts as inline SVG, drawn by the server: they need no script, and colours come from the style
 * sheet.
 */
@NullMarked
package io.autopulse.web.chart;

import org.jspecify.annotations.NullMarked;
