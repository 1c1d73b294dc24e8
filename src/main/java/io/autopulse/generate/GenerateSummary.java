package io.autopulse.generate;

import java.nio.file.Path;

/**
 * What was generated.
 *
 * @param directory the landing zone
 * @param manifest the manifest that reads it
 * @param records records of the sales feed: versions, duplicates and defects
 * @param versions distinct good versions
 * @param sales sales
 * @param duplicates exact repeats of versions
 * @param late versions that arrive too late
 * @param defects records that must be rejected
 * @param vehicles vehicles of the reference feed
 * @param dealers dealers of the reference feed
 * @param bytes size of the sales files
 * @param cells cells of the true KPIs, 0 without truth
 */
public record GenerateSummary(
    Path directory,
    Path manifest,
    long records,
    long versions,
    long sales,
    long duplicates,
    long late,
    long defects,
    int vehicles,
    int dealers,
    long bytes,
    long cells) {}
