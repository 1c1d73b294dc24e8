/**
 * A seeded ERP/CRM landing zone and the KPIs that are true of it, computed without the pipeline.
 */
@NullMarked
package io.autopulse.generate;

import org.jspecify.annotations.NullMarked;
