package io.autopulse.pipeline.backfill;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.testing.AutopulseJar;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class SideBySideTest {
  private static final LocalDate FIRST = LocalDate.of(2023, 1, 1);

  private static List<Chunk> months(int number) {
    List<Chunk> chunks = new ArrayList<>();
    for (BusinessInterval month : new BusinessInterval(FIRST, FIRST.plusMonths(number)).months()) {
      chunks.add(new Chunk(chunks.size() + 1, month, Optional.empty(), Optional.empty()));
    }
    return chunks;
  }

  @Test
  void oneThreadGoesFromTheFirstToTheLast() {
    List<Integer> done = new ArrayList<>();
    new SideBySide(months(5), 1).run(chunk -> done.add(chunk.number()));
    assertThat(done, contains(1, 2, 3, 4, 5));
  }

  @Test
  void chunksThatShareAWeekAreNeverWorkedOnAtOnceAndAllAreDone() {
    Set<Chunk> atOnce = ConcurrentHashMap.newKeySet();
    Set<Integer> done = ConcurrentHashMap.newKeySet();
    List<String> shared = new ArrayList<>();
    new SideBySide(months(48), 4)
        .run(
            chunk -> {
              synchronized (shared) {
                atOnce.stream()
                    .filter(chunk::shares)
                    .forEach(other -> shared.add(other.number() + " and " + chunk.number()));
                atOnce.add(chunk);
              }
              AutopulseJar.pause(1);
              atOnce.remove(chunk);
              done.add(chunk.number());
            });
    assertThat(shared, is(empty()));
    assertThat(done.size(), is(48));
  }

  @Test
  void chunksThatShareNothingAreWorkedOnAtOnce() {
    CountDownLatch both = new CountDownLatch(2);
    // Each waits for the other: one at a time would never end. 1 and 3 share nothing.
    new SideBySide(List.of(months(3).get(0), months(3).get(2)), 2)
        .run(
            chunk -> {
              both.countDown();
              try {
                both.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    assertThat(both.getCount(), is(0L));
  }

  @Test
  void afterAFailureNothingIsBegunAndTheFailureIsThrown() {
    List<Integer> begun = new ArrayList<>();
    IllegalStateException thrown =
        assertThrows(
            IllegalStateException.class,
            () ->
                new SideBySide(months(5), 1)
                    .run(
                        chunk -> {
                          begun.add(chunk.number());
                          if (chunk.number() == 3) {
                            throw new IllegalStateException("of 3");
                          }
                        }));
    assertThat(thrown.getMessage(), is("of 3"));
    assertThat(begun, contains(1, 2, 3));
  }
}
