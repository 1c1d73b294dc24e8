package io.autopulse.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.autopulse.sink.RejectedSales;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunSummaryTextTest {
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
