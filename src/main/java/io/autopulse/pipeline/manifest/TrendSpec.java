package io.autopulse.pipeline.manifest;

import io.autopulse.domain.kpi.Dimension;
import io.autopulse.pipeline.yaml.Section;
import java.util.List;

/**
 * Which trend features a job computes: of what the warehouse holds, or, beside a live section, of
 * the sales that it follows.
 *
 * @param dimensions at least one, each once
 */
public record TrendSpec(List<Dimension> dimensions) {
  /** What stands in the manifests of jobs with feeds only; a live section makes it one. */
  static final List<String> KEYS_OF_OTHER_JOBS = List.of("feeds", "mappings", "kpis", "max_ahead");

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
