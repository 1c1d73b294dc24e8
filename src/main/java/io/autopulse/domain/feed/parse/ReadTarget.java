package io.autopulse.domain.feed.parse;

import io.autopulse.domain.feed.RejectedRecord;
import io.autopulse.domain.feed.Rejection;
import io.autopulse.domain.problem.RejectCode;
import io.autopulse.domain.sale.Target;

/**
 * A sound record of the targets feed, and what it is kept as if another one contradicts it.
 *
 * @param target what it says
 * @param record the record as a rejected one, its rejection to be replaced
 */
public record ReadTarget(Target target, RejectedRecord record) {
  /** What a record is rejected for until it is known which other one it contradicts. */
  public static final Rejection OPEN = new Rejection(RejectCode.CONFLICTING_RECORD, "", "");

  /** Returns the record as rejected because another one contradicts it, and neither is later. */
  RejectedRecord contradicting(ReadTarget other) {
    String field = target.units() == other.target.units() ? "revenue" : "units";
    return new RejectedRecord(
        record.feed(),
        record.origin(),
        record.step(),
        new Rejection(
            RejectCode.CONFLICTING_RECORD,
            field,
            field
                + " is not that of "
                + other.record.origin()
                + ", a target of the same month, dealer, make and model, and neither is later by"
                + " updated_at: none of them is used. Correct or remove one, or give the newer one a"
                + " later updated_at"),
        record.raw(),
        record.format(),
        record.header());
  }
}
