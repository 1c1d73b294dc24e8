package io.autopulse.operations.job;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackOffTest {
  @Test
  void pauseDoublesUpToTheLongest() {
    BackOff most = new BackOff(Duration.ofSeconds(30), Duration.ofMinutes(15), () -> 1);
    assertThat(most.before(1), is(Duration.ofSeconds(30)));
    assertThat(most.before(2), is(Duration.ofSeconds(60)));
    assertThat(most.before(5), is(Duration.ofMinutes(8)));
    assertThat(most.before(6), is(Duration.ofMinutes(15)));
    assertThat(most.before(1_000), is(Duration.ofMinutes(15)));
  }

  @Test
  void randomPartIsHalfOfItAtMost() {
    BackOff least = new BackOff(Duration.ofSeconds(30), Duration.ofMinutes(15), () -> 0);
    assertThat(least.before(1), is(Duration.ofSeconds(15)));
    assertThat(least.before(2), is(Duration.ofSeconds(30)));
  }
}
