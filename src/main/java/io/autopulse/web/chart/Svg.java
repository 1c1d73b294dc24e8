package io.autopulse.web.chart;

import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;

/** Writes SVG: every text is escaped, every number is short and the same in all languages. */
final class Svg {
  private final StringBuilder text = new StringBuilder(2048);

  /**
   * Begins a picture.
   *
   * @param css its class
   * @param name what it shows, for those who do not see it; empty if a text beside it says so
   */
  Svg(String css, double width, double height, String name) {
    this(css, width, height, name, false);
  }

  /**
   * Begins a picture.
   *
   * @param css its class
   * @param name what it shows, for those who do not see it; empty if a text beside it says so
   * @param hasLinks whether it is more than an image
   */
  Svg(String css, double width, double height, String name, boolean hasLinks) {
    text.append("<svg class=\"").append(css).append("\" viewBox=\"0 0 ");
    number(width).append(' ');
    number(height).append("\" width=\"");
    number(width).append("\" height=\"");
    number(height).append('"');
    if (name.isEmpty()) {
      text.append(" aria-hidden=\"true\" focusable=\"false\">");
    } else {
      text.append(hasLinks ? " role=\"group\"" : " role=\"img\"");
      text.append(" aria-label=\"").append(escape(name)).append("\">");
    }
  }

  /** Draws a path. */
  Svg path(String css, String data) {
    text.append("<path class=\"").append(css).append("\" d=\"").append(data).append("\"/>");
    return this;
  }

  /** Draws a rectangle, with what it shows when it is pointed at; empty for nothing. */
  Svg rectangle(String css, double x, double y, double width, double height, String title) {
    text.append("<rect class=\"").append(css).append("\" x=\"");
    number(x).append("\" y=\"");
    number(y).append("\" width=\"");
    number(Math.max(0, width)).append("\" height=\"");
    number(Math.max(0, height)).append('"');
    return titled("rect", title);
  }

  /** Draws a dot, with what it shows when it is pointed at; empty for nothing. */
  Svg dot(String css, double x, double y, double radius, String title) {
    text.append("<circle class=\"").append(css).append("\" cx=\"");
    number(x).append("\" cy=\"");
    number(y).append("\" r=\"");
    number(radius).append('"');
    return titled("circle", title);
  }

  /** Writes a text; {@code anchor} is start, middle or end. */
  Svg text(String css, double x, double y, String anchor, String words) {
    text.append("<text class=\"").append(css).append("\" x=\"");
    number(x).append("\" y=\"");
    number(y).append("\" text-anchor=\"").append(anchor).append("\">");
    text.append(escape(words)).append("</text>");
    return this;
  }

  private Svg titled(String element, String title) {
    if (title.isEmpty()) {
      text.append("/>");
    } else {
      text.append("><title>").append(escape(title)).append("</title></").append(element);
      text.append('>');
    }
    return this;
  }

  /**
   * Begins a link, which {@link #unlink} ends.
   *
   * @param target where it leads
   * @param title what it says when it is pointed at, and to those who do not see it
   * @param isStop whether the keyboard stops at it; one that a table beside it has need not be
   */
  Svg link(String target, String title, boolean isStop) {
    text.append("<a href=\"").append(escape(target)).append('"');
    if (!isStop) {
      text.append(" tabindex=\"-1\"");
    }
    text.append("><title>").append(escape(title)).append("</title>");
    return this;
  }

  /** Ends a link. */
  Svg unlink() {
    text.append("</a>");
    return this;
  }

  /** Returns the picture. */
  String end() {
    return text.append("</svg>").toString();
  }

  private StringBuilder number(double value) {
    return text.append(shortNumber(value));
  }

  /** Returns the path of a line, which breaks where a value is NaN. */
  static String line(double[] values, IntToDoubleFunction x, DoubleUnaryOperator y) {
    StringBuilder path = new StringBuilder();
    boolean pen = false;
    for (int i = 0; i < values.length; i++) {
      boolean known = !Double.isNaN(values[i]);
      if (known) {
        path.append(pen ? 'L' : 'M').append(point(x.applyAsDouble(i), y.applyAsDouble(values[i])));
      }
      pen = known;
    }
    return path.length() == 0 ? "M0 0" : path.toString();
  }

  /** Returns a point of a path. */
  static String point(double x, double y) {
    return shortNumber(x) + " " + shortNumber(y);
  }

  /** Returns a coordinate with at most one decimal. */
  static String shortNumber(double value) {
    String number = String.format(Locale.ROOT, "%.1f", value);
    return number.endsWith(".0") ? number.substring(0, number.length() - 2) : number;
  }

  /** Returns a text as XML may have it: what it may not have at all becomes a question mark. */
  static String escape(String words) {
    StringBuilder escaped = new StringBuilder(words.length() + 8);
    words
        .codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(isAllowed(c) ? c : '?');
              }
            });
    return escaped.toString();
  }

  private static boolean isAllowed(int c) {
    return c == '\t' || c == '\n' || (c >= 0x20 && c != 0x7f && !(c >= 0xd800 && c <= 0xdfff));
  }
}
