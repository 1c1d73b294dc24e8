package io.autopulse.pipeline.backfill;

import io.autopulse.domain.run.Inputs;
import io.autopulse.domain.run.PublishedRuns;
import io.autopulse.domain.sale.BusinessInterval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The chunks of a backfill, and which are published already.
 *
 * @param chunks in the order of their dates
 * @param inputs what their runs are made of now; empty if it is not known
 */
public record BackfillPlan(List<Chunk> chunks, Optional<Inputs> inputs) {
  /** Copies the list. */
  public BackfillPlan {
    chunks = List.copyOf(chunks);
  }

  /**
   * Makes the plan. A chunk is published if a run of the same files has published it. What a
   * database holds is not known, so there a chunk is published if this backfill was begun and has
   * done it, and other chunks are still to be done: once all are done, all are to be done again.
   *
   * @param history what has published
   */
  static BackfillPlan of(BackfillRequest request, Optional<Inputs> inputs, PublishedRuns history) {
    String job = request.manifest().job();
    List<BusinessInterval> dates = request.chunks();
    Optional<Inputs> resumed = request.restart() ? Optional.empty() : inputs;
    long rounds =
        resumed
            .filter(in -> !in.areFiles())
            .map(in -> dates.stream().mapToLong(d -> history.count(job, d, in)).min().orElse(0))
            .orElse(0L);
    List<Chunk> chunks = new ArrayList<>();
    for (BusinessInterval part : dates) {
      chunks.add(
          new Chunk(
              chunks.size() + 1,
              part,
              history
                  .holding(job, part, resumed)
                  .filter(run -> history.count(job, part, run.inputs().orElseThrow()) > rounds),
              history.expected(job, part)));
    }
    return new BackfillPlan(chunks, inputs);
  }

  /** Returns the chunks that are to be computed. */
  public List<Chunk> open() {
    return chunks.stream().filter(chunk -> chunk.published().isEmpty()).toList();
  }
}
