/** What pages show: figures, charts and tables, made of the named queries and put into words. */
@NullMarked
package io.autopulse.web.page;

import org.jspecify.annotations.NullMarked;
