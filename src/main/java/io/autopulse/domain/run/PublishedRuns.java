package io.autopulse.domain.run;

import io.autopulse.domain.sale.BusinessInterval;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The runs that replaced windows, in the order in which they published.
 *
 * @param runs the runs; sorted by this constructor
 */
public record PublishedRuns(List<PublishedRun> runs) {
  /** So many runs say what one takes. */
  private static final int ENOUGH = 10;

  /** Dates as many as these, or half or twice as many, are about as many. */
  private static final int ABOUT = 2;

  /** Sorts the runs. */
  public PublishedRuns {
    runs =
        runs.stream()
            .sorted(
                Comparator.comparing(PublishedRun::publishedAt).thenComparing(PublishedRun::runId))
            .toList();
  }

  /** Returns the ids of the runs. */
  public Set<String> ids() {
    return runs.stream().map(PublishedRun::runId).collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Returns the last run that published windows which another one is about to replace with what may
   * be older: it published after the other had begun, and did not read the same.
   *
   * @param table the table of the windows
   * @param covered the business dates about to be replaced
   * @param before the runs that had published when the other one began, before it read anything
   * @param inputs what the other one was made of; empty if it is not known
   */
  public Optional<PublishedRun> overtaking(
      String table, BusinessInterval covered, Set<String> before, Optional<Inputs> inputs) {
    return last(
        run ->
            run.replaced().equals(table)
                && !before.contains(run.runId())
                && run.covered().overlaps(covered)
                && !isSame(run, inputs.filter(Inputs::areFiles)));
  }

  /**
   * Returns the run that has published what a run over these dates would publish now. There is none
   * if another run, which read something else, has replaced some of the windows since.
   *
   * @param inputs what a run would be made of now; empty if it is not known
   */
  public Optional<PublishedRun> holding(
      String job, BusinessInterval requested, Optional<Inputs> inputs) {
    return last(run ->
            run.job().equals(job) && run.requested().equals(requested) && isSame(run, inputs))
        .filter(run -> !isReplaced(run));
  }

  /** Returns how often runs over these dates that are made of the same have published. */
  public long count(String job, BusinessInterval requested, Inputs inputs) {
    return runs.stream()
        .filter(run -> run.job().equals(job) && run.requested().equals(requested))
        .filter(run -> isSame(run, Optional.of(inputs)))
        .count();
  }

  private boolean isReplaced(PublishedRun run) {
    return runs.stream()
        .skip(runs.indexOf(run) + 1L)
        .anyMatch(
            later ->
                later.replaced().equals(run.replaced())
                    && later.covered().overlaps(run.covered())
                    && !isSame(later, run.inputs()));
  }

  /**
   * Returns what a run over these dates is expected to take: what the last run over the same dates
   * took, or else the median of the last runs over about as many dates, or else of the last runs.
   * Empty if the job has never published.
   */
  public Optional<Expectation> expected(String job, BusinessInterval requested) {
    Predicate<PublishedRun> ofJob = run -> run.job().equals(job);
    Optional<Expectation> same =
        last(ofJob.and(run -> run.requested().equals(requested)))
            .map(run -> new Expectation(run.rowsRead(), run.seconds()));
    double days = days(requested);
    return same.or(
            () ->
                median(
                    ofJob.and(
                        run ->
                            days(run.requested()) <= days * ABOUT
                                && days <= days(run.requested()) * ABOUT)))
        .or(() -> median(ofJob));
  }

  private static double days(BusinessInterval interval) {
    return ChronoUnit.DAYS.between(interval.from(), interval.to());
  }

  private Optional<Expectation> median(Predicate<PublishedRun> which) {
    List<PublishedRun> known = runs.stream().filter(which).toList();
    List<PublishedRun> last = known.subList(Math.max(0, known.size() - ENOUGH), known.size());
    return last.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Expectation(
                (long) median(last, PublishedRun::rowsRead), median(last, PublishedRun::seconds)));
  }

  private static double median(List<PublishedRun> runs, ToDoubleFunction<PublishedRun> value) {
    double[] sorted = runs.stream().mapToDouble(value).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  private Optional<PublishedRun> last(Predicate<PublishedRun> which) {
    return Stream.iterate(runs.size() - 1, i -> i >= 0, i -> i - 1)
        .map(runs::get)
        .filter(which)
        .findFirst();
  }

  private static boolean isSame(PublishedRun run, Optional<Inputs> inputs) {
    return inputs.isPresent() && run.inputs().equals(inputs);
  }

  /**
   * What a run takes.
   *
   * @param rowsRead records read
   * @param seconds the wall time
   */
  public record Expectation(long rowsRead, double seconds) {}
}
