package io.autopulse.domain.trend;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.autopulse.domain.sale.BusinessClock;
import io.autopulse.domain.sale.block.SaleBlock;
import io.autopulse.domain.sale.block.SaleLayout;
import io.autopulse.domain.sale.block.Version;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KnownVersionsTest {
  private static final int WEEK = TrendWeek.of(LocalDate.of(2024, 1, 1));

  private static Version version(String updatedAt, long price) {
    return Version.of("S")
        .updated(Instant.parse(updatedAt).getEpochSecond() * 1_000_000, 0)
        .prices(price, 0);
  }

  private static List<String> counted(Version... versions) {
    List<String> counted = new ArrayList<>();
    KnownVersions rule =
        new KnownVersions(
            new BusinessClock(ZoneId.of("Europe/Paris")),
            (bytes, at, week, sign) ->
                counted.add(
                    "%+d x %d in week %d"
                        .formatted(sign, SaleLayout.netPrice(bytes, at), week - WEEK)));
    SaleBlock block = SaleBlock.open(Version.block(versions));
    while (block.advance()) {
      rule.add(block.bytes(), block.at());
    }
    rule.end();
    return counted;
  }

  @Test
  void aVersionCountsUntilItsSuccessorIsKnown() {
    assertThat(
        counted(version("2024-01-03T10:00:00Z", 100), version("2024-01-17T10:00:00Z", 90)),
        is(List.of("+1 x 100 in week 0", "-1 x 100 in week 2", "+1 x 90 in week 2")));
  }

  @Test
  void aVersionSupersededInItsOwnWeekNeverCounted() {
    assertThat(
        counted(
            version("2024-01-03T10:00:00Z", 100),
            version("2024-01-04T10:00:00Z", 95),
            version("2024-01-09T10:00:00Z", 90)),
        is(List.of("+1 x 95 in week 0", "-1 x 95 in week 1", "+1 x 90 in week 1")));
  }

  @Test
  void weeksEndAtMidnightOfTheirZone() {
    // Sunday 23:30 in UTC is Monday in Paris.
    assertThat(counted(version("2024-01-07T23:30:00Z", 100)), is(List.of("+1 x 100 in week 1")));
    assertThat(counted(version("2024-01-07T22:59:59Z", 100)), is(List.of("+1 x 100 in week 0")));
  }
}
