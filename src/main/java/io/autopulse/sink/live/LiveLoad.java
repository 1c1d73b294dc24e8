package io.autopulse.sink.live;

import io.autopulse.sink.live.files.LiveLoader;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What one transaction of the {@link LiveLoader} did.
 *
 * @param files files loaded, and deleted afterwards
 * @param versions sale versions that were not in the warehouse
 * @param superseded those of them that a newer version of their sale was known for when they came
 * @param panes KPI cells, each as often as a pane of it came
 * @param figures vintages of market figures that were added or brought to a higher revision
 * @param features rows of trend features that were added or computed anew
 * @param rejected rejected records that no live run of the job had, by their code
 * @param quarantined files that could not be read
 * @param waiting files that still wait
 * @param newest the latest {@code updated_at} of the versions loaded; empty if there were none
 */
public record LiveLoad(
    int files,
    long versions,
    long superseded,
    long panes,
    long figures,
    long features,
    Map<String, Long> rejected,
    int quarantined,
    int waiting,
    Optional<Instant> newest) {
  /** Copies the map. */
  public LiveLoad {
    rejected = Map.copyOf(rejected);
  }

  /** Nothing waited. */
  public static final LiveLoad NOTHING =
      new LiveLoad(0, 0, 0, 0, 0, 0, Map.of(), 0, 0, Optional.empty());

  /** Returns a load that loaded nothing. */
  public static LiveLoad leaving(int quarantined, int waiting) {
    return new LiveLoad(0, 0, 0, 0, 0, 0, Map.of(), quarantined, waiting, Optional.empty());
  }

  /** Returns what two loads did one after the other; {@code later} knows what still waits. */
  public LiveLoad and(LiveLoad later) {
    return new LiveLoad(
        files + later.files,
        versions + later.versions,
        superseded + later.superseded,
        panes + later.panes,
        figures + later.figures,
        features + later.features,
        sum(rejected, later.rejected),
        quarantined + later.quarantined,
        later.waiting,
        Stream.of(newest, later.newest).flatMap(Optional::stream).max(Instant::compareTo));
  }

  private static Map<String, Long> sum(Map<String, Long> one, Map<String, Long> other) {
    Map<String, Long> sum = new HashMap<>(one);
    other.forEach((code, records) -> sum.merge(code, records, Long::sum));
    return sum;
  }

  /** Returns how many records of all codes were rejected. */
  public long rejectedRecords() {
    return rejected.values().stream().mapToLong(Long::longValue).sum();
  }
}
