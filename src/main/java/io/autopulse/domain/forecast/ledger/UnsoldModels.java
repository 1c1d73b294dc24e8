package io.autopulse.domain.forecast.ledger;

import io.autopulse.domain.calendar.Step;
import io.autopulse.domain.forecast.MemberForecast;
import io.autopulse.domain.forecast.Series;
import io.autopulse.domain.forecast.hierarchy.Cell;
import io.autopulse.domain.forecast.hierarchy.Hierarchy;
import io.autopulse.domain.forecast.hierarchy.Node;
import io.autopulse.domain.forecast.life.KnownVehicle;
import io.autopulse.domain.sale.block.SaleEnricher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Gives models that are not sold yet a place among the cells and nodes, so that all forecasts add
 * up: history shows no cell of theirs. Their units lie in the makes, segments and powertrains that
 * the vehicles feed names, in equal parts where a model has several. Regions and dealers take the
 * shares that they had of the sales of the model's make in the last year; of all makes if it sold
 * nothing; equal ones if nothing was sold. A node that no sold cell lies in, such as a region and
 * the model, or a new make, is forecast by the sum of what its models are.
 *
 * @param cells all cells
 * @param panels all forecasts
 */
public record UnsoldModels(List<Cell> cells, List<PanelForecast> panels) {
  private static final Set<String> OF_VEHICLES = Set.of("make", "model", "segment", "powertrain");
  private static final String REASON = "models that are not sold yet";

  /** Copies the lists. */
  public UnsoldModels {
    cells = List.copyOf(cells);
    panels = List.copyOf(panels);
  }

  private record Launch(Series series, MemberForecast forecast) {
    int first() {
      double[] mean = forecast.mean();
      int first = 0;
      while (first < mean.length && mean[first] <= 0) {
        first++;
      }
      return first;
    }

    /** Returns what is sold in a year at the mean since the launch. */
    double yearly() {
      double[] mean = forecast.mean();
      double sum = Arrays.stream(mean).sum();
      return sum > 0 ? sum / (mean.length - first()) * (series.step() == Step.WEEK ? 52 : 12) : 0;
    }
  }

  /** A cell that nothing was sold in yet: its part of a model. */
  private record Part(Launch launch, double share) {}

  /**
   * Places the models.
   *
   * @param attributes the names of the cells' members
   * @param cells what was sold in which combination of members
   * @param panels the forecasts, a panel each dimension, in any order
   * @param vehicles what is known of vehicles, in any order
   */
  public static UnsoldModels place(
      List<String> attributes,
      List<Cell> cells,
      List<PanelForecast> panels,
      Iterable<KnownVehicle> vehicles) {
    Map<String, Launch> launches = launches(panels);
    if (launches.isEmpty()) {
      return new UnsoldModels(cells, panels);
    }
    TreeMap<String, List<KnownVehicle>> byMember =
        StreamSupport.stream(vehicles.spliterator(), false)
            .collect(
                Collectors.groupingBy(KnownVehicle::member, TreeMap::new, Collectors.toList()));
    Map<List<String>, Part> parts = new HashMap<>();
    List<Cell> all = new ArrayList<>(cells);
    launches.forEach(
        (member, launch) -> {
          List<KnownVehicle> ids = byMember.getOrDefault(member, List.of());
          Map<List<String>, Double> shares = shares(attributes, cells, ids, byMember);
          shares.forEach(
              (members, share) -> {
                parts.put(members, new Part(launch, share));
                all.add(new Cell(members, launch.yearly() * share, launch.first()));
              });
        });
    List<Cell> unsold = all.subList(cells.size(), all.size());
    if (unsold.isEmpty()) {
      return new UnsoldModels(cells, panels);
    }
    Hierarchy hierarchy =
        Hierarchy.of(attributes, panels.stream().map(PanelForecast::dimension).toList(), unsold);
    List<MemberForecast> nodes = nodes(hierarchy, parts);
    Series empty = launches.values().iterator().next().series();
    return new UnsoldModels(
        all, panels.stream().map(panel -> with(panel, hierarchy.nodes(), nodes, empty)).toList());
  }

  private static Map<String, Launch> launches(List<PanelForecast> panels) {
    Map<String, Launch> launches = new TreeMap<>();
    for (PanelForecast panel : panels) {
      for (int i = 0; i < panel.panel().size(); i++) {
        Series series = panel.panel().get(i);
        if (panel.dimension().equals(PanelForecast.MODEL) && series.length() == 0) {
          launches.put(series.key(), new Launch(series, panel.forecasts().get(i)));
        }
      }
    }
    return launches;
  }

  /** Returns the cells of a model, each with its share of the model's units. */
  private static Map<List<String>, Double> shares(
      List<String> attributes,
      List<Cell> cells,
      List<KnownVehicle> ids,
      Map<String, List<KnownVehicle>> byMember) {
    Set<String> makes = ids.stream().map(KnownVehicle::make).collect(Collectors.toSet());
    int model = attributes.indexOf(PanelForecast.MODEL);
    Map<List<String>, Double> outlets =
        outlets(
            attributes,
            cells.stream()
                .filter(
                    cell ->
                        byMember.getOrDefault(cell.members().get(model), List.of()).stream()
                            .anyMatch(id -> makes.contains(id.make())))
                .toList());
    if (outlets.isEmpty()) {
      outlets = outlets(attributes, cells);
    }
    if (outlets.isEmpty()) {
      outlets =
          outlets(attributes, cells.stream().map(cell -> new Cell(cell.members(), 1)).toList());
    }
    return divided(attributes, ids, outlets);
  }

  private static Map<List<String>, Double> divided(
      List<String> attributes, List<KnownVehicle> ids, Map<List<String>, Double> outlets) {
    double sold = outlets.values().stream().mapToDouble(Double::doubleValue).sum();
    Set<List<String>> kinds = new LinkedHashSet<>();
    ids.stream().map(id -> kind(attributes, id)).sorted(UnsoldModels::compare).forEach(kinds::add);
    Map<List<String>, Double> shares = new TreeMap<>(UnsoldModels::compare);
    for (List<String> kind : kinds) {
      outlets.forEach(
          (outlet, weight) -> shares.put(joined(kind, outlet), weight / sold / kinds.size()));
    }
    return shares;
  }

  /** Returns what was sold lately by the members that are no vehicle's; nothing's are left out. */
  private static Map<List<String>, Double> outlets(List<String> attributes, List<Cell> cells) {
    Map<List<String>, Double> outlets = new TreeMap<>(UnsoldModels::compare);
    for (Cell cell : cells) {
      if (cell.weight() > 0) {
        List<String> outlet = new ArrayList<>();
        for (int a = 0; a < attributes.size(); a++) {
          outlet.add(OF_VEHICLES.contains(attributes.get(a)) ? "" : cell.members().get(a));
        }
        outlets.merge(outlet, cell.weight(), Double::sum);
      }
    }
    return outlets;
  }

  private static List<String> kind(List<String> attributes, KnownVehicle id) {
    return attributes.stream()
        .map(
            attribute ->
                switch (attribute) {
                  case "make" -> id.make();
                  case "model" -> id.member();
                  case "segment" -> orUnknown(id.segment());
                  case "powertrain" -> orUnknown(id.powertrain());
                  default -> "";
                })
        .toList();
  }

  private static String orUnknown(@Nullable String member) {
    return member == null ? SaleEnricher.UNKNOWN : member;
  }

  private static List<String> joined(List<String> kind, List<String> outlet) {
    List<String> members = new ArrayList<>(kind);
    for (int a = 0; a < members.size(); a++) {
      if (members.get(a).isEmpty()) {
        members.set(a, outlet.get(a));
      }
    }
    return List.copyOf(members);
  }

  private static int compare(List<String> one, List<String> other) {
    return String.join("\u001f", one).compareTo(String.join("\u001f", other));
  }

  /** Returns the forecasts of the nodes: sums of the parts of their models. */
  private static List<MemberForecast> nodes(Hierarchy hierarchy, Map<List<String>, Part> parts) {
    List<Part> ofCells = hierarchy.cells().stream().map(cell -> parts.get(cell.members())).toList();
    double[][] mean = sums(hierarchy, ofCells, MemberForecast::mean);
    double[][] lower80 = sums(hierarchy, ofCells, MemberForecast::lower80);
    double[][] upper80 = sums(hierarchy, ofCells, MemberForecast::upper80);
    double[][] lower95 = sums(hierarchy, ofCells, MemberForecast::lower95);
    double[][] upper95 = sums(hierarchy, ofCells, MemberForecast::upper95);
    List<MemberForecast> nodes = new ArrayList<>();
    for (int i = 0; i < mean.length; i++) {
      double[] nothing = new double[mean[i].length];
      nodes.add(
          new MemberForecast(
              hierarchy.nodes().get(i).member(),
              "launch_curve",
              REASON,
              mean[i],
              lower80[i],
              upper80[i],
              lower95[i],
              upper95[i],
              nothing,
              nothing));
    }
    return nodes;
  }

  private static double[][] sums(
      Hierarchy hierarchy, List<Part> parts, Function<MemberForecast, double[]> values) {
    int horizon = values.apply(parts.get(0).launch().forecast()).length;
    double[][] sums = new double[hierarchy.nodes().size()][horizon];
    for (int h = 0; h < horizon; h++) {
      double[] ofCells = new double[parts.size()];
      for (int c = 0; c < ofCells.length; c++) {
        Part part = parts.get(c);
        ofCells[c] = values.apply(part.launch().forecast())[h] * part.share();
      }
      double[] ofNodes = hierarchy.sums(ofCells);
      for (int i = 0; i < ofNodes.length; i++) {
        sums[i][h] = ofNodes[i];
      }
    }
    return sums;
  }

  /** Returns a panel with those of some nodes that it lacks. */
  private static PanelForecast with(
      PanelForecast panel, List<Node> nodes, List<MemberForecast> ofNodes, Series empty) {
    Set<String> known = panel.panel().stream().map(Series::key).collect(Collectors.toSet());
    List<Series> series = new ArrayList<>(panel.panel());
    List<MemberForecast> forecasts = new ArrayList<>(panel.forecasts());
    for (int i = 0; i < ofNodes.size(); i++) {
      Node node = nodes.get(i);
      if (node.dimension().equals(panel.dimension()) && !known.contains(node.member())) {
        series.add(
            new Series(node.member(), empty.step(), empty.start(), empty.season(), empty.values()));
        forecasts.add(ofNodes.get(i));
      }
    }
    return panel.with(series, forecasts);
  }
}
