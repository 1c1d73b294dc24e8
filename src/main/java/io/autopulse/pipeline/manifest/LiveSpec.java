package io.autopulse.pipeline.manifest;

import io.autopulse.pipeline.yaml.Scalars;
import io.autopulse.pipeline.yaml.Section;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What makes a manifest that of a live job.
 *
 * @param panes how often changed KPIs, figures and trend features are handed out
 * @param corrections how long after its moment a sale can be corrected: the correction horizon
 * @param poll how often to look for new files
 * @param flush how long rows wait for more on their way into Snowflake, and files for others
 * @param folder where the job drops its files and keeps its checkpoints; empty for one beside the
 *     warehouse
 * @param quiet how long a file must have been the same before it is read; zero if files are renamed
 *     into place
 */
public record LiveSpec(
    Duration panes,
    Duration corrections,
    Duration poll,
    Duration flush,
    Optional<Path> folder,
    Duration quiet) {

  /**
   * Reads the section.
   *
   * @param market whether the job is one of market data
   */
  static LiveSpec read(Section section, boolean market) {
    if (market) {
      section.refuse(
          "corrections", "is of sales: a market figure can be corrected at any time", "Remove it");
    }
    var panes = section.optional("panes", Scalars.duration(), Duration.ofSeconds(10));
    var corrections = section.optional("corrections", Scalars.duration(), Duration.ofDays(35));
    var poll = section.optional("poll", Scalars.duration(), Duration.ofMillis(500));
    var flush = section.optional("flush", Scalars.duration(), Duration.ofSeconds(15));
    var folder = section.optional("folder", Scalars.path());
    var quiet = section.optional("quiet", LiveSpec::quiet, Duration.ofSeconds(2));
    return new LiveSpec(
        panes.get(), corrections.get(), poll.get(), flush.get(), folder.get(), quiet.get());
  }

  private static Duration quiet(String text) {
    return text.equals("0s") ? Duration.ZERO : Scalars.duration().apply(text);
  }
}
