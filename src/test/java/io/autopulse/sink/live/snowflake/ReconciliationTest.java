package io.autopulse.sink.live.snowflake;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.autopulse.sink.live.snowflake.Reconciliation.Load;
import io.autopulse.sink.live.snowflake.Reconciliation.Missing;
import io.autopulse.sink.live.snowflake.Reconciliation.Staged;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReconciliationTest {
  private static final Instant NOON = Instant.parse("2024-05-14T12:00:00Z");
  private static final Instant FROM = NOON.minusSeconds(3600);
  private static final Instant UNTIL = NOON.minusSeconds(600);
  private static final Load LOADED = new Load(true, Optional.empty());
  private static final Load FAILED = new Load(false, Optional.of("no number"));

  @Test
  void filesThatWereNotLoadedAreMissingOldestFirst() {
    Reconciliation found =
        reconcile(
            Map.of("b", LOADED, "c", FAILED), staged("a", 700), staged("b", 800), staged("c", 900));
    assertThat(
        found,
        is(
            new Reconciliation(
                "t",
                3,
                1,
                List.of(
                    new Missing("n/c", NOON.minusSeconds(900), Optional.of("no number")),
                    new Missing("n/a", NOON.minusSeconds(700), Optional.empty())),
                0)));
  }

  @Test
  void fileThatMayBeOnItsWayOrForgottenIsNotCompared() {
    assertThat(
        reconcile(Map.of(), staged("young", 599), staged("old", 3601)),
        is(new Reconciliation("t", 0, 0, List.of(), 2)));
  }

  @Test
  void fileThatIsLoadedCountsWhateverItsAge() {
    assertThat(
        reconcile(Map.of("young", LOADED), staged("young", 1)),
        is(new Reconciliation("t", 1, 1, List.of(), 0)));
  }

  @Test
  void fileThatFailedOnceIsLoadedIfItWasLater() {
    assertThat(FAILED.or(LOADED), is(LOADED));
    assertThat(LOADED.or(FAILED), is(LOADED));
    assertThat(FAILED.or(FAILED), is(FAILED));
  }

  private static Reconciliation reconcile(Map<String, Load> loads, Staged... files) {
    return Reconciliation.of("t", List.of(files), loads, FROM, UNTIL);
  }

  private static Staged staged(String identity, int secondsAgo) {
    return new Staged("n/" + identity, identity, NOON.minusSeconds(secondsAgo));
  }
}
