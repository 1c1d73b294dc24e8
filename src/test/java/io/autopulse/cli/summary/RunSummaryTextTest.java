package io.autopulse.cli.summary;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.autopulse.sink.staging.RejectedSales;
import io.autopulse.sink.staging.StagedRelations.UnmappedCount;
import io.autopulse.sink.staging.StagedRelations.Withdrawal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunSummaryTextTest {
  @Test
  void withdrawnPeriodsAndRecordsThatCannotBeWithdrawnAreShownWithTheRemedy() {
    assertThat(
        RunSummaryText.withdrawals(
            List.of(
                new Withdrawal("registrations", "", 1200),
                new Withdrawal("registrations", "2024-02-01 month NORTH", 3))),
        is(
            """

            Withdrawn: periods that the last extract spans and lacks
              registrations: 2024-02-01 month NORTH (3)
              If the feed sends only some periods again, write defaults: {extract: periods} under feeds.registrations.

            Registrations without a time of extraction: 1,200
              What a later file renames or lacks of them stays beside what it has. Name the column that tells when a record was extracted as extracted_at.
            """));
    assertThat(RunSummaryText.withdrawals(List.of()), is(""));
  }

  @Test
  void publishedSalesOfRejectedRecordsAreNamed() {
    assertThat(RunSummaryText.rejectedSales(RejectedSales.NONE), is(""));
    assertThat(
        RunSummaryText.rejectedSales(new RejectedSales(1, List.of("S1"))),
        is(
            "  They name a published sale (S1): what they say of it is missing, perhaps its newest version.\n"));
    assertThat(
        RunSummaryText.rejectedSales(new RejectedSales(1_200, List.of("S1", "S2", "S3"))),
        is(
            "  They name 1,200 published sales (S1, S2, S3): what they say of them is missing, perhaps their newest versions.\n"));
  }

  @Test
  void namesThatNobodyKnowsAreShownByFieldTheFirstTwelveOfThem() {
    List<UnmappedCount> found = new ArrayList<>();
    found.add(new UnmappedCount("targets", "dealer_id", "D99", 1200));
    for (int i = 1; i <= 13; i++) {
      found.add(new UnmappedCount("targets", "model", "KIA M" + i, 2));
    }
    assertThat(
        RunSummaryText.names("Who?", found),
        is(
            """

            Who?
              targets dealer_id: D99 (1,200)
              targets model: KIA M1 (2), KIA M2 (2), KIA M3 (2), KIA M4 (2), KIA M5 (2), KIA M6 (2), KIA M7 (2), KIA M8 (2), KIA M9 (2), KIA M10 (2), KIA M11 (2), KIA M12 (2) and 1 more
            """));
    assertThat(RunSummaryText.names("Who?", List.of()), is(""));
  }
}
