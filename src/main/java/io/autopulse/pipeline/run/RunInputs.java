package io.autopulse.pipeline.run;

import io.autopulse.domain.run.Inputs;
import io.autopulse.pipeline.feed.FeedSources;
import io.autopulse.pipeline.manifest.Manifest;
import io.autopulse.source.batch.FileSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says what a run is made of. */
public final class RunInputs {
  private RunInputs() {}

  /**
   * Returns the inputs of a run: its files and its manifest, or, where it does not only read files,
   * the manifest and the backfill that it belongs to.
   *
   * @param files those of the manifest's feeds
   * @return empty for what cannot be told: a replay, a run by itself of a database, and files that
   *     came while they were read
   */
  public static Optional<Inputs> of(RunRequest request, FileSnapshot files) {
    Manifest manifest = request.manifest();
    if (request.replay().isPresent()) {
      return Optional.empty();
    }
    List<String> parts = new ArrayList<>(manifest.contents());
    parts.add(request.version());
    boolean filesOnly = readsFilesOnly(manifest);
    return (filesOnly ? files.contents() : request.plan().map(List::of))
        .map(
            read -> {
              parts.addAll(read);
              return filesOnly ? Inputs.ofFiles(parts) : Inputs.ofPlan(parts);
            });
  }

  private static boolean readsFilesOnly(Manifest manifest) {
    return !manifest.feeds().isEmpty()
        && manifest.feeds().values().stream()
            .noneMatch(feed -> FeedSources.files(List.of(feed)).isEmpty());
  }
}
