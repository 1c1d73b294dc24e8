package io.autopulse.domain.forecast.hierarchy;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class HierarchyTest {
  @Test
  void nodesAreTheMembersThatCellsHaveInTheOrderOfDimensionsAndNames() {
    Hierarchy hierarchy = Forecasts.small("total", "region", "region x model");
    assertThat(
        hierarchy.nodes(),
        is(
            List.of(
                new Node("total", "ALL"),
                new Node("region", "N"),
                new Node("region", "S"),
                new Node("region x model", "N x A"),
                new Node("region x model", "N x B"),
                new Node("region x model", "S x A"),
                new Node("region x model", "S x B"),
                new Node("region x model", "S x C"))));
    assertThat(hierarchy.index(new Node("region", "S")), is(2));
  }

  @Test
  void nodeIsTheSumOfItsCells() {
    // Cells in order: A N, A S, B N, B S, C S.
    assertThat(
        Forecasts.small("region", "model", "total").sums(new double[] {1, 2, 4, 8, 16}),
        is(new double[] {5, 26, 3, 12, 16, 31}));
    assertThat(
        Forecasts.small("total", "model x region").sums(new double[] {0, 2, 4, 0, 1}),
        is(new double[] {7, 0, 2, 4, 0, 1}));
  }

  @Test
  void equalCellsAreOneWithTheSumOfTheirWeights() {
    Hierarchy hierarchy =
        Hierarchy.of(
            List.of("model"),
            List.of("total"),
            List.of(Forecasts.cell(2, "B"), Forecasts.cell(3, "A"), Forecasts.cell(5, "B")));
    assertThat(hierarchy.cells(), is(List.of(Forecasts.cell(3, "A"), Forecasts.cell(7, "B"))));
  }

  @Test
  void dimensionOfAnUnknownAttributeIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> Forecasts.small("total", "dealer x region"));
    assertThrows(IllegalArgumentException.class, () -> Forecasts.cell(-1, "A"));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            Hierarchy.of(
                List.of("model", "region"), List.of("total"), List.of(Forecasts.cell(1, "A"))));
  }
}
