package io.autopulse.source.topic;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class TransportTimeTest {
  private static final long NOW = Instant.parse("2024-05-14T12:00:00Z").toEpochMilli();

  private final TransportTime time = new TransportTime(Long.MIN_VALUE);

  private static long at(String moment) {
    return Instant.parse(moment).toEpochMilli();
  }

  @Test
  void messageSaysThatAllBeforeItCame() {
    time.handedOn(at("2024-05-14T11:00:00Z"), NOW);

    assertThat(time.watermark(), is(at("2024-05-14T10:59:59Z")));
  }

  @Test
  void partitionOfWhichAllIsReadFollowsTheClock() {
    time.allRead(NOW);

    assertThat(time.watermark(), is(at("2024-05-14T11:59:59Z")));
  }

  @Test
  void watermarkNeverGoesBack() {
    TransportTime restored = new TransportTime(at("2024-05-14T11:00:00Z"));

    restored.handedOn(at("2024-05-14T10:00:00Z"), NOW);

    assertThat(restored.watermark(), is(at("2024-05-14T11:00:00Z")));
  }

  @Test
  void timestampInTheFutureMovesNothing() {
    time.handedOn(at("2024-05-14T11:00:00Z"), NOW);

    time.handedOn(at("2024-05-14T12:01:01Z"), NOW);
    time.handedOn(at("2031-01-01T00:00:00Z"), NOW);
    time.handedOn(Long.MAX_VALUE, NOW);

    assertThat(time.watermark(), is(at("2024-05-14T10:59:59Z")));
  }

  @Test
  void clockThatIsAheadByLessThanAMinuteIsTakenForNow() {
    time.handedOn(at("2024-05-14T12:00:40Z"), NOW);

    assertThat(time.watermark(), is(at("2024-05-14T11:59:59Z")));
  }

  @Test
  void timestampOfLongAgoHoldsNothingAndMissingOneMovesNothing() {
    time.handedOn(at("2024-05-14T11:00:00Z"), NOW);

    time.handedOn(0, NOW);
    time.handedOn(-1, NOW);
    time.handedOn(Long.MIN_VALUE, NOW);

    assertThat(time.watermark(), is(at("2024-05-14T10:59:59Z")));
  }
}
