package io.autopulse.web.chart;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * Lines over steps of time. Each line carries its name at its end, in its own colour and dash, so
 * that no legend and no colour is needed to tell them apart.
 *
 * @param name what it shows, for those who do not see it
 * @param steps the name of each step
 * @param bands areas, drawn below the lines
 * @param lines the lines, the most important first
 * @param number writes a value
 * @param links where each step leads, empty for nowhere; or none at all
 * @param marks what happened, at most one a step
 */
public record LineChart(
    String name,
    List<String> steps,
    List<Band> bands,
    List<Line> lines,
    DoubleFunction<String> number,
    List<String> links,
    List<Mark> marks) {
  private static final double LINE_HEIGHT = 14;
  private static final double CHARACTER = 7.6;
  private static final double TOP = 12;
  private static final double BELOW = 24;
  private static final int MOST_DOTS = 60;
  private static final double FLAG = 8;
  private static final double STRIP_HEIGHT = 130;
  private static final double STRIP_LEFT = 8 + 7 * CHARACTER;
  private static final double STRIP_RIGHT = 24;

  /**
   * Something that happened in a step.
   *
   * @param step which, from 0
   * @param label a few characters, which the table below has too
   * @param title what happened
   */
  public record Mark(int step, String label, String title) {}

  /** Copies the lists. */
  public LineChart {
    steps = List.copyOf(steps);
    bands = List.copyOf(bands);
    lines = List.copyOf(lines);
    links = List.copyOf(links);
    marks = List.copyOf(marks);
  }

  /** Makes a chart whose steps lead nowhere and have no marks. */
  public LineChart(
      String name,
      List<String> steps,
      List<Band> bands,
      List<Line> lines,
      DoubleFunction<String> number) {
    this(name, steps, bands, lines, number, List.of(), List.of());
  }

  /** Returns the chart with a link a step, which its table has too. */
  public LineChart linked(List<String> targets) {
    return new LineChart(name, steps, bands, lines, number, targets, marks);
  }

  /** Returns the chart with marks. */
  public LineChart marked(List<Mark> happened) {
    return new LineChart(name, steps, bands, lines, number, links, happened);
  }

  /**
   * Returns the chart twice: for wide screens and for narrow ones, where a step is too narrow to be
   * a link. The style sheet shows one.
   */
  public String svg() {
    return draw("chart wide", 1140, 320, !links.isEmpty()) + draw("chart narrow", 350, 240, false);
  }

  /**
   * Returns the first line as one of several charts below each other, twice as {@link #svg}: it is
   * low, has the margins of the others and a scale of its own, and what each point is worth is in
   * the table alone.
   */
  public String strip() {
    return drawStrip("chart wide", 1140) + drawStrip("chart narrow", 350);
  }

  private String drawStrip(String css, double width) {
    Line line = lines.get(0);
    Frame frame =
        new Frame(
            Scale.around(line.values()),
            STRIP_LEFT,
            width - STRIP_RIGHT,
            TOP + LINE_HEIGHT,
            STRIP_HEIGHT - BELOW);
    Svg svg = new Svg(css, width, STRIP_HEIGHT, name, false);
    drawScale(svg, frame);
    drawSteps(svg, frame);
    drawLine(svg, frame, line, false);
    svg.text("name " + line.style(), STRIP_LEFT, TOP, "start", line.name());
    return svg.end();
  }

  private String draw(String css, double width, double height, boolean hasLinks) {
    List<Double> all = new ArrayList<>();
    lines.forEach(line -> addAll(all, line));
    bands.forEach(
        band -> {
          addAll(all, band.lower());
          addAll(all, band.upper());
        });
    Scale scale = Scale.of(all);
    double left =
        8
            + CHARACTER
                * scale.marks().stream().mapToInt(m -> number.apply(m).length()).max().orElse(1);
    double right =
        width
            - 12
            - CHARACTER * lines.stream().mapToInt(line -> line.name().length()).max().orElse(0);
    double top = marks.isEmpty() ? TOP : TOP + 2 * FLAG;
    Frame frame = new Frame(scale, left, right, top, height - BELOW);
    Svg svg = new Svg(css, width, height, name, hasLinks);
    drawScale(svg, frame);
    drawSteps(svg, frame);
    for (Band band : bands) {
      svg.path(band.style(), frame.area(band));
    }
    for (int i = lines.size() - 1; i >= 0; i--) {
      drawLine(svg, frame, lines.get(i), !hasLinks && steps.size() <= MOST_DOTS);
    }
    drawNames(svg, frame);
    if (hasLinks) {
      drawLinks(svg, frame);
    }
    for (Mark mark : marks) {
      double x = frame.x(mark.step, steps.size());
      svg.path(
          "event",
          "M%s %sV%s"
              .formatted(Svg.shortNumber(x), Svg.shortNumber(top), Svg.shortNumber(frame.bottom)));
      svg.dot("flag", x, TOP, FLAG, mark.title);
      svg.text("flag", x, TOP + 4, "middle", mark.label);
    }
    return svg.end();
  }

  private static void addAll(List<Double> all, Line line) {
    for (double value : line.points()) {
      all.add(value);
    }
  }

  private void drawScale(Svg svg, Frame frame) {
    for (double mark : frame.scale.marks()) {
      double y = frame.y(mark);
      svg.path(
          mark == 0 ? "zero" : "grid",
          "M%s %sH%s"
              .formatted(
                  Svg.shortNumber(frame.left), Svg.shortNumber(y), Svg.shortNumber(frame.right)));
      svg.text("mark", frame.left - 6, y + 4, "end", number.apply(mark));
    }
  }

  /** Writes as many names of steps as fit, the last one always. */
  private void drawSteps(Svg svg, Frame frame) {
    int longest = steps.stream().mapToInt(String::length).max().orElse(1);
    double room = (frame.right - frame.left) / Math.max(1, steps.size() - 1);
    int every = Math.max(1, (int) Math.ceil((1.4 * longest + 2) * CHARACTER / Math.max(room, 0.1)));
    for (int i = steps.size() - 1; i >= 0; i -= every) {
      double x = frame.x(i, steps.size());
      String anchor = i == steps.size() - 1 ? "end" : i == 0 ? "start" : "middle";
      svg.text("mark", anchor.equals("end") ? x + 4 : x, frame.bottom + 18, anchor, steps.get(i));
    }
  }

  private void drawLine(Svg svg, Frame frame, Line line, boolean hasDots) {
    double[] values = line.points();
    svg.path("line " + line.style(), frame.line(values));
    for (int i = 0; i < values.length; i++) {
      if (!Double.isNaN(values[i]) && (hasDots || isAlone(values, i))) {
        svg.dot(
            "dot " + line.style(),
            frame.x(i, steps.size()),
            frame.y(values[i]),
            isAlone(values, i) ? 2.5 : 4,
            "%s, %s: %s".formatted(line.name(), steps.get(i), number.apply(values[i])));
      }
    }
  }

  /** Lays a link over the column of each step, which says what its lines have there. */
  private void drawLinks(Svg svg, Frame frame) {
    double half = (frame.right - frame.left) / Math.max(1, steps.size() - 1) / 2;
    for (int i = 0; i < links.size(); i++) {
      if (!links.get(i).isEmpty()) {
        double x = frame.x(i, steps.size());
        double from = Math.max(frame.left, x - half);
        double width = Math.min(frame.right, x + half) - from;
        svg.link(links.get(i), saying(i), false)
            .rectangle("hit", from, frame.top, width, frame.bottom - frame.top, "")
            .unlink();
      }
    }
  }

  private String saying(int step) {
    StringBuilder says = new StringBuilder(steps.get(step));
    for (Line line : lines) {
      double value = line.values().get(step);
      if (!Double.isNaN(value)) {
        says.append(", ").append(line.name()).append(": ").append(number.apply(value));
      }
    }
    return says.toString();
  }

  private static boolean isAlone(double[] values, int i) {
    return (i == 0 || Double.isNaN(values[i - 1]))
        && (i == values.length - 1 || Double.isNaN(values[i + 1]));
  }

  /** Writes each line's name at its end, moved apart where they would lie on each other. */
  private void drawNames(Svg svg, Frame frame) {
    record End(Line line, double x, double y) {}
    List<End> ends = new ArrayList<>();
    for (Line line : lines) {
      double[] values = line.points();
      for (int i = values.length - 1; i >= 0; i--) {
        if (!Double.isNaN(values[i])) {
          ends.add(new End(line, frame.x(i, steps.size()), frame.y(values[i])));
          break;
        }
      }
    }
    ends.sort(Comparator.comparingDouble(End::y));
    double lowest = frame.bottom - LINE_HEIGHT * (ends.size() - 1);
    double free = Double.NEGATIVE_INFINITY;
    for (End end : ends) {
      double y = Math.max(Math.min(end.y, lowest), free);
      svg.text("name " + end.line.style(), frame.right + 8, y + 4, "start", end.line.name());
      free = y + LINE_HEIGHT;
      lowest += LINE_HEIGHT;
    }
  }

  private record Frame(Scale scale, double left, double right, double top, double bottom) {
    double x(int step, int steps) {
      return steps == 1 ? (left + right) / 2 : left + step * (right - left) / (steps - 1);
    }

    double y(double value) {
      return scale.at(value, top, bottom);
    }

    String line(double[] values) {
      return Svg.line(values, i -> x(i, values.length), this::y);
    }

    String area(Band band) {
      double[] upper = band.upper().points();
      double[] lower = band.lower().points();
      StringBuilder path = new StringBuilder();
      for (int i = 0; i < upper.length; i++) {
        if (!Double.isNaN(upper[i])) {
          path.append(path.length() == 0 ? 'M' : 'L').append(point(i, upper));
        }
      }
      for (int i = lower.length - 1; i >= 0; i--) {
        if (!Double.isNaN(lower[i])) {
          path.append('L').append(point(i, lower));
        }
      }
      return path.length() == 0 ? "M0 0" : path.append('Z').toString();
    }

    private String point(int i, double[] values) {
      return Svg.point(x(i, values.length), y(values[i]));
    }
  }
}
