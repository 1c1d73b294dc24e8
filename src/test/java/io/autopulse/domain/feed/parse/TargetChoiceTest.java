package io.autopulse.domain.feed.parse;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import io.autopulse.domain.feed.RejectedRecord;
import io.autopulse.domain.problem.RejectCode;
import io.autopulse.domain.sale.Target;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Several records of one target. */
class TargetChoiceTest {
  private static ReadTarget read(int line, long units, long revenue, long updatedAt) {
    return new ReadTarget(
        new Target(LocalDate.of(2026, 3, 1), "D1", "ALL", "ALL", units, revenue, updatedAt),
        new RejectedRecord(
            "targets",
            "plan.csv:" + line,
            "Parse targets",
            ReadTarget.OPEN,
            "raw " + line,
            "csv",
            "month,units"));
  }

  @Test
  void latestRecordCountsWhateverTheOrder() {
    List<ReadTarget> records =
        new ArrayList<>(
            List.of(
                read(2, 100, -1, 1), read(3, 80, -1, 3), read(4, 90, -1, 2), read(5, 80, -1, 3)));
    for (int seed = 0; seed < 10; seed++) {
      Collections.shuffle(records, new Random(seed));
      TargetChoice choice = TargetChoice.of(records);
      assertThat(choice.current().map(Target::units), is(Optional.of(80L)));
      assertThat(choice.duplicates(), is(1));
      assertThat(choice.superseded(), is(2));
      assertThat(choice.conflicting(), is(empty()));
    }
  }

  @Test
  void recordWithATimeIsLaterThanOneWithout() {
    TargetChoice choice = TargetChoice.of(List.of(read(2, 7, -1, 1), read(3, 9, -1, 0)));
    assertThat(choice.current().map(Target::units), is(Optional.of(7L)));
    assertThat(choice.superseded(), is(1));
  }

  @Test
  void latestRecordsThatDifferAreAllRejectedAndNameEachOther() {
    TargetChoice choice =
        TargetChoice.of(
            List.of(
                read(9, 70, -1, 5), read(2, 60, -1, 5), read(7, 60, 100_00, 5), read(4, 1, -1, 4)));
    assertThat(choice.current(), is(Optional.empty()));
    assertThat(choice.superseded(), is(1));
    assertThat(
        choice.conflicting().stream().map(RejectedRecord::origin).toList(),
        contains("plan.csv:2", "plan.csv:7", "plan.csv:9"));
    assertThat(
        choice.conflicting().stream().map(record -> record.rejection().field()).toList(),
        contains("revenue", "revenue", "units"));
    RejectedRecord last = choice.conflicting().get(2);
    assertThat(last.raw(), is("raw 9"));
    assertThat(last.header(), is("month,units"));
    assertThat(last.rejection().code(), is(RejectCode.CONFLICTING_RECORD));
    assertThat(
        last.rejection().message(),
        is(
            "units is not that of plan.csv:2, a target of the same month, dealer, make and model, and neither is later by updated_at: none of them is used. Correct or remove one, or give the newer one a later updated_at"));
    assertThat(
        choice
            .conflicting()
            .get(0)
            .rejection()
            .message()
            .startsWith("revenue is not that of plan.csv:7,"),
        is(true));
  }

  @Test
  void recordThatIsRepeatedContradictsNothing() {
    TargetChoice choice =
        TargetChoice.of(List.of(read(2, 60, 5, 0), read(3, 60, 5, 0), read(4, 60, 5, 0)));
    assertThat(choice.current().map(Target::revenue), is(Optional.of(5L)));
    assertThat(choice.duplicates(), is(2));
  }
}
