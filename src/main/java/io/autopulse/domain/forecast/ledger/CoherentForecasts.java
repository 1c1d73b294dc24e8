package io.autopulse.domain.forecast.ledger;

import io.autopulse.domain.calendar.SellingDays;
import io.autopulse.domain.forecast.MemberForecast;
import io.autopulse.domain.forecast.Series;
import io.autopulse.domain.forecast.combine.Bias;
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
import java.util.Optional;

/**
 * Makes the forecasts of all dimensions add up, in whole units. Half of the bias that the last
 * vintages of a region or powertrain had is taken out of its forecast before. The order of
 * dimensions, cells and vintages changes nothing.
 */
public final class CoherentForecasts {
  private record Place(PanelForecast panel, int index) {
    Series series() {
      return panel.panel().get(index);
    }

    MemberForecast forecast() {
      return panel.forecasts().get(index);
    }
  }

  private CoherentForecasts() {}

  /**
   * Returns the rows of the ledger.
   *
   * @param attributes the names of the cells' members
   * @param cells what was sold in which combination of members; every series has one at least
   * @param panels the forecasts, a panel each dimension
   * @param past what earlier vintages said of periods that are complete
   * @param sellingDays the selling days that forecasts know, for the sentences
   */
  public static List<LedgerRow> of(
      List<String> attributes,
      List<Cell> cells,
      List<PanelForecast> panels,
      List<PastForecast> past,
      Optional<SellingDays> sellingDays) {
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
    Reconciliation reconciliation = Reconciliation.chosen(hierarchy, backtest(nodes));
    List<MemberForecast> alone = nodes.stream().map(Place::forecast).toList();
    List<MemberForecast> coherent = reconciliation.apply(alone).nodes();
    List<Bias> biases = biases(nodes, past);
    List<MemberForecast> published =
        biases.stream().anyMatch(Bias::marked)
            ? reconciliation.apply(unbiased(alone, biases)).nodes()
            : coherent;
    List<LedgerRow> rows = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      Place place = nodes.get(i);
      rows.addAll(
          LedgerRow.of(
              place.panel().dimension(),
              place.series(),
              published.get(i),
              ForecastWords.of(
                  place.series(), alone.get(i), coherent.get(i), published.get(i), sellingDays),
              biases.get(i).marked() ? LedgerRow.decimal(biases.get(i).share()) : null));
    }
    return rows;
  }

  private static List<Bias> biases(List<Place> nodes, List<PastForecast> past) {
    Map<Node, List<PastForecast>> byNode = new HashMap<>();
    for (PastForecast forecast : past) {
      byNode
          .computeIfAbsent(
              new Node(forecast.dimension(), forecast.member()), node -> new ArrayList<>())
          .add(forecast);
    }
    return nodes.stream()
        .map(
            place ->
                RecentBias.of(
                    place.series(),
                    byNode.getOrDefault(
                        new Node(place.panel().dimension(), place.series().key()), List.of())))
        .toList();
  }

  private static List<MemberForecast> unbiased(List<MemberForecast> alone, List<Bias> biases) {
    List<MemberForecast> unbiased = new ArrayList<>();
    for (int i = 0; i < alone.size(); i++) {
      Bias bias = biases.get(i);
      unbiased.add(
          bias.marked()
              ? alone.get(i).times(bias.factor(), RecentBias.reason(bias))
              : alone.get(i));
    }
    return unbiased;
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
