package io.autopulse.pipeline.backfill;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.problem.InputException;
import io.autopulse.domain.run.Inputs;
import io.autopulse.domain.run.PublishedRun;
import io.autopulse.domain.run.PublishedRuns;
import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.pipeline.manifest.Manifest;
import io.autopulse.pipeline.manifest.ManifestReader;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BackfillPlanTest {
  private static final LocalDate FIRST = LocalDate.of(2023, 1, 1);
  private static final Inputs FILES = Inputs.ofFiles(List.of("a.csv 1 1"));
  private static final Inputs CHANGED = Inputs.ofFiles(List.of("a.csv 2 2"));
  private static final Inputs DATABASE = Inputs.ofPlan(List.of("2023"));

  private final List<PublishedRun> history = new ArrayList<>();

  @Test
  void chunksThatAreAskedForAreMonthsOrOne() {
    assertThat(request(true, false).chunks(), contains(month(1), month(2), month(3)));
    assertThat(
        request(false, false).chunks(), contains(new BusinessInterval(FIRST, FIRST.plusMonths(3))));
  }

  @Test
  void whatIsPublishedOfTheSameFilesIsNotDoneAgain() {
    publish(1, FILES);
    publish(2, FILES);
    assertThat(open(FILES, false), contains(3));
    assertThat("the files changed", open(CHANGED, false), contains(1, 2, 3));
    assertThat("it is told to begin anew", open(FILES, true), contains(1, 2, 3));
    publish(3, FILES);
    assertThat(open(FILES, false), is(empty()));
  }

  @Test
  void ofADatabaseTheChunksOfTheRoundThatWasBegunAreNotDoneAgain() {
    publish(1, DATABASE);
    publish(2, DATABASE);
    assertThat(open(DATABASE, false), contains(3));
    publish(3, DATABASE);
    assertThat("the round is complete", open(DATABASE, false), contains(1, 2, 3));
    publish(1, DATABASE);
    assertThat(open(DATABASE, false), contains(2, 3));
  }

  @Test
  void nothingIsDoneIfNobodyKnowsWhatIsRead() {
    publish(1, FILES);
    assertThat(
        BackfillPlan.of(request(true, false), Optional.empty(), new PublishedRuns(history))
            .open()
            .size(),
        is(3));
  }

  @Test
  void noChunksAtOnceAreRefused() {
    Manifest manifest = request(true, false).manifest();
    BusinessInterval january = month(1);
    assertThat(
        assertThrows(
                InputException.class,
                () -> new BackfillRequest(manifest, january, true, 0, false, "1"))
            .getMessage(),
        is("--parallel: is 0. Give 1 or more: how many chunks are computed at once"));
  }

  private List<Integer> open(Inputs inputs, boolean restart) {
    return BackfillPlan.of(request(true, restart), Optional.of(inputs), new PublishedRuns(history))
        .open()
        .stream()
        .map(Chunk::number)
        .toList();
  }

  private void publish(int month, Inputs inputs) {
    int number = history.size() + 1;
    history.add(
        new PublishedRun(
            "r" + number,
            "erp",
            month(month),
            "sales_kpi",
            Optional.of(inputs),
            Instant.parse("2024-01-01T00:00:00Z").plusSeconds(number),
            1,
            1));
  }

  private static BusinessInterval month(int number) {
    return new BusinessInterval(FIRST.plusMonths(number - 1L), FIRST.plusMonths(number));
  }

  private static BackfillRequest request(boolean byMonth, boolean restart) {
    Manifest manifest =
        new ManifestReader(Map.of())
            .read(
                "erp.yaml",
                "job: erp\nfeeds:\n  sales:\n    from: {type: csv, path: a.csv}\n",
                List.of());
    return new BackfillRequest(
        manifest, new BusinessInterval(FIRST, FIRST.plusMonths(3)), byMonth, 1, restart, "1");
  }
}
