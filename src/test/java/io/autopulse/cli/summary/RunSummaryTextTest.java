package io.autopulse.cli.summary;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.autopulse.sink.staging.RejectedSales;
import io.autopulse.sink.staging.StagedRelations.Withdrawal;
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
}
