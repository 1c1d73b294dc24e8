package io.autopulse.domain.forecast.ledger;

import io.autopulse.domain.forecast.MemberForecast;
import io.autopulse.domain.forecast.Series;
import io.autopulse.domain.forecast.hierarchy.Backtest;
import io.autopulse.domain.forecast.hierarchy.Cell;
import io.autopulse.domain.forecast.hierarchy.Hierarchy;
import io.autopulse.domain.forecast.hierarchy.Node;
import io.autopulse.domain.forecast.hierarchy.Reconciliation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes the forecasts of all dimensions add up, in whole units. The order of dimensions and cells
 * changes nothing.
 */
public final class CoherentForecasts {
  private record Place(PanelForecast panel, int index) {
    Series series() {
      return panel.panel().get(index);
    }
  }

  private CoherentForecasts() {}

  /**
   * Returns the rows of the ledger.
   *
   * @param attributes the names of the cells' members
   * @param cells what was sold in which combination of members; every series has one at least
   * @param panels the forecasts, a panel each dimension
   */
  public static List<LedgerRow> of(
      List<String> attributes, List<Cell> cells, List<PanelForecast> panels) {
    List<PanelForecast> sorted = new ArrayList<>(panels);
    sorted.sort(Comparator.comparing(PanelForecast::dimension));
    Map<Node, Place> places = new HashMap<>();
    for (PanelForecast panel : sorted) {
      for (int i = 0; i < panel.panel().size(); i++) {
        places.put(new Node(panel.dimension(), panel.panel().get(i).key()), new Place(panel, i));
      }
    }
    Hierarchy hierarchy =
        Hierarchy.of(attributes, sorted.stream().map(PanelForecast::dimension).toList(), cells);
    List<Place> nodes = hierarchy.nodes().stream().map(node -> place(places, node)).toList();
    List<MemberForecast> coherent =
        Reconciliation.chosen(hierarchy, backtest(nodes))
            .apply(nodes.stream().map(p -> p.panel().forecasts().get(p.index())).toList())
            .nodes();
    List<LedgerRow> rows = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      Place place = nodes.get(i);
      MemberForecast published = coherent.get(i);
      rows.addAll(
          LedgerRow.of(
              place.panel().dimension(),
              place.series(),
              published,
              ForecastWords.of(
                  place.series(), place.panel().forecasts().get(place.index()), published)));
    }
    return rows;
  }

  private static Place place(Map<Node, Place> places, Node node) {
    Place place = places.get(node);
    if (place == null) {
      throw new IllegalStateException("a cell of " + node + " has sales, and its series has none");
    }
    return place;
  }

  // Panels whose history is shorter have fewer windows: the latest that all have are compared.
  private static Backtest backtest(List<Place> nodes) {
    int windows = nodes.stream().mapToInt(p -> p.panel().past().length).min().orElse(0);
    double[][][] forecasts = new double[windows][nodes.size()][];
    double[][][] sold = new double[windows][nodes.size()][];
    for (int i = 0; i < nodes.size(); i++) {
      Place place = nodes.get(i);
      int skipped = place.panel().past().length - windows;
      for (int w = 0; w < windows; w++) {
        forecasts[w][i] = place.panel().past()[skipped + w][place.index()];
        sold[w][i] = place.panel().sold(place.index(), skipped + w);
      }
    }
    return new Backtest(forecasts, sold);
  }
}
