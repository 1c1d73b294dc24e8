package io.autopulse.web.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * How a figure came from one value to another, as lying steps that add up: each begins where the
 * one above has ended. Names have their own column, so that long ones fit on narrow screens too.
 *
 * @param name what it shows, for those who do not see it
 * @param first the name of the value before
 * @param before the value before
 * @param steps what changed it
 * @param last the name of the value after
 * @param number writes a value
 * @param change writes a change, with its sign
 */
public record Waterfall(
    String name,
    String first,
    double before,
    List<Step> steps,
    String last,
    DoubleFunction<String> number,
    DoubleFunction<String> change) {
  private static final double ROW = 24;
  private static final double BAR = 14;
  private static final double CHARACTER = 8;

  /**
   * A part of the change.
   *
   * @param name what it is
   * @param change by how much
   * @param link where it leads; empty for nowhere
   */
  public record Step(String name, double change, String link) {}

  /** Copies the steps. */
  public Waterfall {
    steps = List.copyOf(steps);
  }

  /** Returns the value after all steps. */
  public double after() {
    return before + steps.stream().mapToDouble(Step::change).sum();
  }

  /** Returns the chart twice: for wide screens and for narrow ones. The style sheet shows one. */
  public String svg() {
    return draw("chart wide", 1140) + draw("chart narrow", 350);
  }

  private String draw(String css, double width) {
    List<Double> levels = new ArrayList<>(List.of(before, after()));
    double level = before;
    for (Step step : steps) {
      level += step.change;
      levels.add(level);
    }
    double least = levels.stream().mapToDouble(v -> v).min().orElse(0);
    double most = levels.stream().mapToDouble(v -> v).max().orElse(1);
    double edge = most == least ? 1 : (most - least) * 0.1;
    int longest =
        Math.max(
            Math.max(first.length(), last.length()),
            steps.stream().mapToInt(step -> step.name.length()).max().orElse(0));
    double left = Math.min(longest * CHARACTER + 12, width / 2.4);
    double right = width - 60;
    Span span = new Span(least - edge, most + edge, left, right);
    double height = ROW * (steps.size() + 2) + 6;
    boolean hasLinks = steps.stream().anyMatch(step -> !step.link.isEmpty());
    Svg svg = new Svg(css, width, height, name, hasLinks);
    double y = 6;
    marker(svg, span, first, before, y);
    level = before;
    for (Step step : steps) {
      y += ROW;
      double from = span.at(Math.min(level, level + step.change));
      double to = span.at(Math.max(level, level + step.change));
      if (!step.link.isEmpty()) {
        svg.link(step.link, step.name + ": " + change.apply(step.change), true);
      }
      svg.text("mark", left - 8, y + 11, "end", step.name);
      svg.rectangle(step.change < 0 ? "fall" : "rise", from, y, Math.max(1, to - from), BAR, "");
      svg.text("value", to + 5, y + 11, "start", change.apply(step.change));
      if (!step.link.isEmpty()) {
        svg.unlink();
      }
      level += step.change;
    }
    marker(svg, span, last, after(), y + ROW);
    return svg.end();
  }

  /** A level is a line, not a bar: the scale does not begin at zero, and a bar would lie. */
  private void marker(Svg svg, Span span, String words, double value, double y) {
    double x = span.at(value);
    svg.text("mark strong", span.left - 8, y + 11, "end", words);
    svg.rectangle("level", x - 1.5, y - 2, 3, BAR + 4, "");
    svg.text("value strong", x + 6, y + 11, "start", number.apply(value));
  }

  private record Span(double least, double most, double left, double right) {
    double at(double value) {
      return left + (value - least) / (most - least) * (right - left);
    }
  }
}
