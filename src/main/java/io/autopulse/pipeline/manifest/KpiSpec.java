package io.autopulse.pipeline.manifest;

import io.autopulse.domain.kpi.Dimension;
import io.autopulse.domain.kpi.Dimension.Attribute;
import io.autopulse.domain.kpi.Grain;
import java.util.HashSet;
import java.util.List;

/**
 * Which KPIs are computed: each grain by each dimension.
 *
 * @param grains at least one, each once
 * @param dimensions at least one, each once
 */
public record KpiSpec(List<Grain> grains, List<Dimension> dimensions) {
  /** Days, weeks and months; the total, every attribute and the two pairs that dashboards use. */
  public static final KpiSpec DEFAULT =
      new KpiSpec(
          List.of(Grain.DAY, Grain.WEEK, Grain.MONTH),
          List.of(
              Dimension.TOTAL,
              Dimension.of(Attribute.MAKE),
              Dimension.of(Attribute.MODEL),
              Dimension.of(Attribute.SEGMENT),
              Dimension.of(Attribute.POWERTRAIN),
              Dimension.of(Attribute.REGION),
              Dimension.of(Attribute.DEALER),
              Dimension.of(Attribute.REGION, Attribute.POWERTRAIN),
              Dimension.of(Attribute.REGION, Attribute.MODEL)));

  /** Keeps its own copies and checks that there is something to compute, once. */
  public KpiSpec {
    grains = List.copyOf(grains);
    dimensions = List.copyOf(dimensions);
    checkDistinct("grains", grains);
    checkDistinct("dimensions", dimensions);
  }

  private static void checkDistinct(String name, List<?> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException(name + " needs at least one element");
    }
    if (new HashSet<>(values).size() < values.size()) {
      throw new IllegalArgumentException(name + " holds an element twice: " + values);
    }
  }
}
