package io.autopulse.domain.forecast.explain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What each step of making a forecast is worth: from the naive forecast to the model, its
 * reconciliation and the planner's override. A step is compared with the one before on the same
 * periods only; a step that does not help shows a value below 0.
 */
public final class ValueAdded {
  /** The steps, in their order. */
  public enum Stage {
    /** The last value, carried forward. */
    NAIVE,
    /** The combination, or the method that was chosen. */
    MODEL,
    /** The same, made coherent. */
    RECONCILED,
    /** The planner's number; that of the step before where there is none. */
    OVERRIDE
  }

  /**
   * A number of the ledger whose period is complete.
   *
   * @param dimension the dimension
   * @param cell what tells a forecast apart: member, as-of date and period
   * @param stage which step gave it
   * @param forecast units
   * @param sold units
   */
  public record Entry(String dimension, String cell, Stage stage, double forecast, double sold) {}

  /**
   * What a step is worth in a dimension.
   *
   * @param dimension the dimension
   * @param stage the step
   * @param forecasts how many numbers are compared: those that this step and the one before have
   * @param wape absolute errors as a share of what was sold; NaN if nothing was
   * @param bias errors, forecast minus sold, as a share of what was sold; NaN if nothing was
   * @param value the WAPE of the step before on the same numbers less its own, so above 0 it helps;
   *     NaN for the first step
   */
  public record Line(
      String dimension, Stage stage, int forecasts, double wape, double bias, double value) {}

  private static final Comparator<Entry> ORDER =
      Comparator.comparingDouble(Entry::forecast).thenComparingDouble(Entry::sold);

  private ValueAdded() {}

  /**
   * Compares the steps.
   *
   * @param entries numbers of any dimensions and steps, in any order; of two for one cell and step,
   *     the greater forecast counts
   * @return a line for each dimension, by name, and each step that has numbers. A step is compared
   *     with the nearest step before that has a number for the cell
   */
  public static List<Line> of(Iterable<Entry> entries) {
    TreeMap<String, TreeMap<String, @Nullable Entry[]>> dimensions = new TreeMap<>();
    for (Entry entry : entries) {
      @Nullable Entry[] stages =
          dimensions
              .computeIfAbsent(entry.dimension(), name -> new TreeMap<>())
              .computeIfAbsent(entry.cell(), cell -> new @Nullable Entry[Stage.values().length]);
      Entry known = stages[entry.stage().ordinal()];
      if (known == null || ORDER.compare(known, entry) < 0) {
        stages[entry.stage().ordinal()] = entry;
      }
    }
    List<Line> lines = new ArrayList<>();
    dimensions.forEach((dimension, cells) -> lines.addAll(lines(dimension, cells)));
    return lines;
  }

  private static List<Line> lines(String dimension, Map<String, @Nullable Entry[]> cells) {
    List<Line> lines = new ArrayList<>();
    for (Stage stage : Stage.values()) {
      int forecasts = 0;
      double absolute = 0;
      double signed = 0;
      double before = 0;
      double sold = 0;
      for (@Nullable Entry[] stages : cells.values()) {
        Entry own = stages[stage.ordinal()];
        Entry last = before(stages, stage);
        if (own == null || (last == null && stage != Stage.NAIVE)) {
          continue;
        }
        forecasts++;
        absolute += Math.abs(own.forecast() - own.sold());
        signed += own.forecast() - own.sold();
        before += last == null ? 0 : Math.abs(last.forecast() - own.sold());
        sold += own.sold();
      }
      if (forecasts > 0) {
        double scale = sold > 0 ? sold : Double.NaN;
        double value = stage == Stage.NAIVE ? Double.NaN : (before - absolute) / scale;
        lines.add(new Line(dimension, stage, forecasts, absolute / scale, signed / scale, value));
      }
    }
    return lines;
  }

  private static @Nullable Entry before(@Nullable Entry[] stages, Stage stage) {
    for (int s = stage.ordinal() - 1; s >= 0; s--) {
      Entry earlier = stages[s];
      if (earlier != null) {
        return earlier;
      }
    }
    return null;
  }
}
