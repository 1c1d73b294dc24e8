package io.autopulse.domain.feed;

/**
 * A row of {@code rejected_records}: the whole record, so that it can be mended and replayed.
 *
 * @param feed the feed's name
 * @param origin where it stands, such as {@code sales-003.csv:1207}
 * @param step the pipeline's step that rejected it
 * @param rejection why
 * @param raw the record as it came, sensitive values masked
 * @param format {@code csv} or {@code json}; {@code notice} for what a source reports of records or
 *     files that it cannot hand over
 * @param header the header of a csv record as a csv line; empty otherwise
 */
public record RejectedRecord(
    String feed,
    String origin,
    String step,
    Rejection rejection,
    String raw,
    String format,
    String header) {}
