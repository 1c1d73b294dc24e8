package io.autopulse.pipeline.manifest;

import io.autopulse.domain.kpi.Dimension;
import java.util.List;

/**
 * What makes a manifest that of a trend job.
 *
 * @param dimensions at least one, each once
 */
public record TrendSpec(List<Dimension> dimensions) {
  /** What stands in the manifests of jobs with feeds only. */
  static final List<String> KEYS_OF_OTHER_JOBS = List.of("feeds", "mappings", "kpis", "live");

  /** Keeps its own copy and checks that there is something to compute. */
  public TrendSpec {
    dimensions = List.copyOf(dimensions);
    if (dimensions.isEmpty()) {
      throw new IllegalArgumentException("dimensions needs at least one element");
    }
  }

  /** Reads the section. */
  static TrendSpec read(Section section) {
    return new TrendSpec(
        section.list("dimensions", ManifestReader::dimension, KpiSpec.DEFAULT.dimensions()).get());
  }
}
