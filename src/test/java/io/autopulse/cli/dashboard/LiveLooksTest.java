package io.autopulse.cli.dashboard;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveLooksTest {
  private static final Duration EVERY = Duration.ofSeconds(15);

  private final List<String> notices = new ArrayList<>();
  private long now = Long.MAX_VALUE - 1_000;
  private boolean isWanted;
  private boolean fails;
  private int looks;

  private final LiveLooks live =
      new LiveLooks(this::look, EVERY, () -> isWanted, () -> now, notices::add);

  private void look() throws IOException {
    looks++;
    if (fails) {
      throw new IOException("no answer");
    }
  }

  private void runAfter(Duration time) {
    now += time.toNanos();
    live.run();
  }

  @Test
  void warehouseIsAskedOnceAndThenWhileSomebodyWantsToSeeIt() {
    live.run();
    runAfter(EVERY);
    runAfter(EVERY);
    assertThat("the page has something to begin with", looks, is(1));

    isWanted = true;
    runAfter(Duration.ZERO);
    runAfter(EVERY);
    assertThat(looks, is(3));

    isWanted = false;
    runAfter(EVERY);
    runAfter(EVERY);
    assertThat("nobody looks any more", looks, is(3));
    assertThat(notices, is(empty()));
  }

  @Test
  void betweenTwoLooksIsTheTimeThatIsSaid() {
    isWanted = true;
    live.run();
    runAfter(EVERY.minusNanos(1));
    assertThat(looks, is(1));
    runAfter(Duration.ofNanos(1));
    assertThat(looks, is(2));
  }

  @Test
  void failureIsSaidOnceUntilALookSucceeds() {
    isWanted = true;
    fails = true;
    for (int i = 0; i < 4; i++) {
      runAfter(EVERY);
    }
    assertThat(looks, is(4));
    assertThat(notices, contains(containsString("the live page stays as it is: ")));

    fails = false;
    runAfter(EVERY);
    assertThat(notices.size(), is(1));

    fails = true;
    runAfter(EVERY);
    runAfter(EVERY);
    assertThat("another failure", notices.size(), is(2));
  }
}
