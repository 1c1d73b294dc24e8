package io.autopulse.domain.forecast.hierarchy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Nodes that are sums of the same finest cells: the total, attributes, and pairs of them. Each
 * dimension cuts all cells; a cell lies in exactly one node of each dimension, so the summing
 * matrix is kept as one index a cell and dimension. Cells and nodes are sorted by name: the order
 * in which they are given changes nothing. To give the finest cells forecasts of their own, name
 * the dimension of all attributes.
 */
public final class Hierarchy {
  /** The dimension whose only node is everything. */
  public static final String TOTAL = "total";

  /** The member of {@link #TOTAL}. */
  public static final String ALL = "ALL";

  /** Between the names of a pair. */
  public static final String PAIR = " x ";

  private final List<String> dimensions;
  private final List<Node> nodes;
  private final List<Cell> cells;
  private final Map<Node, Integer> indexes = new HashMap<>();
  private final int[][] nodeOfCell;
  private final int[] firstNode;

  private Hierarchy(List<String> dimensions, List<Cell> cells, String[][] members) {
    this.dimensions = dimensions;
    this.cells = cells;
    List<Node> all = new ArrayList<>();
    nodeOfCell = new int[dimensions.size()][cells.size()];
    firstNode = new int[dimensions.size() + 1];
    for (int d = 0; d < dimensions.size(); d++) {
      firstNode[d] = all.size();
      for (String member : new TreeSet<>(Arrays.asList(members[d]))) {
        Node node = new Node(dimensions.get(d), member);
        indexes.put(node, all.size());
        all.add(node);
      }
      for (int c = 0; c < cells.size(); c++) {
        nodeOfCell[d][c] = index(new Node(dimensions.get(d), members[d][c]));
      }
    }
    firstNode[dimensions.size()] = all.size();
    nodes = List.copyOf(all);
  }

  /**
   * Makes a hierarchy.
   *
   * @param attributes the names of the cells' members, such as model, powertrain, region, dealer
   * @param dimensions what is published, such as {@code total}, {@code region}, {@code region x
   *     model}: attributes, each at most once
   * @param cells at least one; the weights of equal cells are added
   */
  public static Hierarchy of(
      List<String> attributes, List<String> dimensions, Collection<Cell> cells) {
    if (cells.isEmpty() || dimensions.isEmpty()) {
      throw new IllegalArgumentException("a hierarchy has at least one cell and one dimension");
    }
    TreeMap<List<String>, Cell> sorted = new TreeMap<>(Hierarchy::compare);
    List<Cell> ordered = new ArrayList<>(cells);
    // Doubles are added in one order, whatever the order of the cells.
    ordered.sort(Comparator.comparingDouble(Cell::weight));
    for (Cell cell : ordered) {
      if (cell.members().size() != attributes.size()) {
        throw new IllegalArgumentException(
            "cell " + cell.members() + " needs one member for each of " + attributes);
      }
      sorted.merge(cell.members(), cell, Cell::and);
    }
    List<Cell> distinct = List.copyOf(sorted.values());
    List<String> once = dimensions.stream().distinct().toList();
    String[][] members = new String[once.size()][distinct.size()];
    for (int d = 0; d < once.size(); d++) {
      int[] columns = columns(attributes, once.get(d));
      for (int c = 0; c < distinct.size(); c++) {
        members[d][c] = member(distinct.get(c).members(), columns);
      }
    }
    return new Hierarchy(once, distinct, members);
  }

  private static int compare(List<String> one, List<String> other) {
    for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
      int compared = one.get(i).compareTo(other.get(i));
      if (compared != 0) {
        return compared;
      }
    }
    return Integer.compare(one.size(), other.size());
  }

  private static int[] columns(List<String> attributes, String dimension) {
    if (dimension.equals(TOTAL)) {
      return new int[0];
    }
    return Arrays.stream(dimension.split(PAIR, -1))
        .mapToInt(
            name -> {
              int column = attributes.indexOf(name);
              if (column < 0) {
                throw new IllegalArgumentException(
                    "dimension " + dimension + " must be made of " + attributes);
              }
              return column;
            })
        .toArray();
  }

  private static String member(List<String> members, int[] columns) {
    if (columns.length == 0) {
      return ALL;
    }
    StringBuilder member = new StringBuilder(members.get(columns[0]));
    for (int i = 1; i < columns.length; i++) {
      member.append(PAIR).append(members.get(columns[i]));
    }
    return member.toString();
  }

  /** Returns the dimensions, in the order they were named. */
  public List<String> dimensions() {
    return dimensions;
  }

  /** Returns the nodes: dimension by dimension, by member within each. */
  public List<Node> nodes() {
    return nodes;
  }

  /** Returns the finest cells, sorted by their members. */
  public List<Cell> cells() {
    return cells;
  }

  /** Returns the place of a node among {@link #nodes}; an unknown one is an error. */
  public int index(Node node) {
    Integer index = indexes.get(node);
    if (index == null) {
      throw new IllegalArgumentException("no cell lies in " + node);
    }
    return index;
  }

  /** Returns whether some cell lies in a node. */
  public boolean has(Node node) {
    return indexes.containsKey(node);
  }

  /** Returns the nodes' sums of values of the cells. */
  public double[] sums(double[] ofCells) {
    double[] sums = new double[nodes.size()];
    for (int[] nodeOf : nodeOfCell) {
      for (int c = 0; c < nodeOf.length; c++) {
        sums[nodeOf[c]] += ofCells[c];
      }
    }
    return sums;
  }

  /** Returns for each cell the sum of the values of its nodes: the transpose of {@link #sums}. */
  double[] spread(double[] ofNodes) {
    double[] spread = new double[cells.size()];
    for (int[] nodeOf : nodeOfCell) {
      for (int c = 0; c < nodeOf.length; c++) {
        spread[c] += ofNodes[nodeOf[c]];
      }
    }
    return spread;
  }

  /** Returns the node of each cell in a dimension; not to be changed. */
  int[] nodeOfCell(int dimension) {
    return nodeOfCell[dimension];
  }

  /** Returns the place of a dimension's first node; of the number of dimensions, the end. */
  int firstNode(int dimension) {
    return firstNode[dimension];
  }

  /** Returns how many nodes a dimension has. */
  int size(int dimension) {
    return firstNode[dimension + 1] - firstNode[dimension];
  }

  /** Returns whether each node of the finer dimension lies in one node of the coarser. */
  boolean refines(int finer, int coarser) {
    return parents(finer, coarser).length > 0;
  }

  /**
   * Returns the node of the coarser dimension that holds each node of the finer one, by its place
   * within its dimension; empty if some node lies in several.
   */
  int[] parents(int finer, int coarser) {
    int[] parents = new int[size(finer)];
    Arrays.fill(parents, -1);
    for (int c = 0; c < cells.size(); c++) {
      int child = nodeOfCell[finer][c] - firstNode[finer];
      int parent = nodeOfCell[coarser][c];
      if (parents[child] >= 0 && parents[child] != parent) {
        return new int[0];
      }
      parents[child] = parent;
    }
    return parents;
  }

  /**
   * Returns dimensions from coarse to fine of which each refines the one before: from the smallest
   * on, each that refines the last.
   */
  List<Integer> chain() {
    List<Integer> order = new ArrayList<>();
    for (int d = 0; d < dimensions.size(); d++) {
      order.add(d);
    }
    order.sort(Comparator.comparingInt(this::size));
    List<Integer> chain = new ArrayList<>();
    for (int d : order) {
      if (chain.isEmpty() || refines(d, chain.get(chain.size() - 1))) {
        chain.add(d);
      }
    }
    return chain;
  }
}
