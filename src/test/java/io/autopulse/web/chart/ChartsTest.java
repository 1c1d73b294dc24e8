package io.autopulse.web.chart;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class ChartsTest {
  @Test
  void scaleBeginsAtZeroAndHasRoundMarks() {
    assertThat(
        Scale.of(List.of(310.0, 397.0)).marks(), is(List.of(0.0, 100.0, 200.0, 300.0, 400.0)));
    assertThat(
        Scale.of(List.of(-3.0, Double.NaN, 7.0)).marks(),
        is(List.of(-5.0, -2.5, 0.0, 2.5, 5.0, 7.5)));
    assertThat(Scale.of(List.of()).marks(), is(List.of(0.0, 0.25, 0.5, 0.75, 1.0)));
    assertThat(
        Scale.around(List.of(188.0, Double.NaN, 171.0)).marks(), is(List.of(170.0, 180.0, 190.0)));
    assertThat(Scale.around(List.of(5.0)).marks(), is(List.of(5.0, 10.0)));
    assertThat(Scale.around(List.of(Double.NaN)).marks(), is(Scale.of(List.of()).marks()));
    assertThat(new Scale(0, 10, 5).at(5, 10, 110), is(60.0));
  }

  @Test
  void sparklineRunsFromLeastToGreatestAndMarksItsEnd() throws Exception {
    Document svg = parse(Sparkline.of(1, Double.NaN, 3, 2));
    assertThat(path(svg), is("M3 25M79 3L117 14"));
    Element end = (Element) svg.getElementsByTagName("circle").item(0);
    assertThat(end.getAttribute("cx") + " " + end.getAttribute("cy"), is("117 14"));
    assertThat(Sparkline.of(1, Double.NaN), is(""));
    assertThat("a flat line", path(parse(Sparkline.of(5, 5))), is("M3 25L117 25"));
  }

  @Test
  void lineBreaksWhereNothingIsKnown() throws Exception {
    LineChart chart =
        new LineChart(
            "Units",
            List.of("a", "b", "c"),
            List.of(),
            List.of(Line.of("now", "now", new double[] {0, Double.NaN, 10})),
            value -> String.valueOf((long) value));
    String line = "";
    NodeList paths = parse(wide(chart.svg())).getElementsByTagName("path");
    for (int i = 0; i < paths.getLength(); i++) {
      Element path = (Element) paths.item(i);
      if (path.getAttribute("class").equals("line now")) {
        line = path.getAttribute("d");
      }
    }
    assertThat(line.replaceAll("[^ML]", ""), is("MM"));
  }

  @Test
  void hostileNamesAreText() throws Exception {
    String hostile = "</svg><script>alert(\"1\")</script> & 'x' \u0000 \ud800 🚗 \u202eabc";
    LineChart chart =
        new LineChart(
            hostile,
            List.of(hostile),
            List.of(),
            List.of(Line.of(hostile, "now", new double[] {1})),
            value -> "1");
    String svg = chart.svg();
    assertThat(svg, not(containsString("<script")));
    Document document = parse(wide(svg));
    assertThat(
        document.getDocumentElement().getAttribute("aria-label"),
        is(hostile.replace('\u0000', '?').replace('\ud800', '?')));
  }

  @Test
  void namesAtTheEndsDoNotLieOnEachOther() throws Exception {
    LineChart chart =
        new LineChart(
            "Units",
            List.of("a", "b"),
            List.of(),
            List.of(
                Line.of("one", "now", new double[] {1, 9}),
                Line.of("two", "before", new double[] {1, 9}),
                Line.of("three", "year", new double[] {1, 9})),
            value -> "1");
    NodeList texts = parse(wide(chart.svg())).getElementsByTagName("text");
    double last = Double.NaN;
    for (int i = 0; i < texts.getLength(); i++) {
      Element text = (Element) texts.item(i);
      if (text.getAttribute("class").startsWith("name")) {
        double y = Double.parseDouble(text.getAttribute("y"));
        if (!Double.isNaN(last)) {
          assertThat(y - last, closeTo(14, 0.11));
        }
        last = y;
      }
    }
    assertThat(Double.isNaN(last), is(false));
  }

  @Test
  void waterfallStepsLeadFromBeforeToAfter() throws Exception {
    Waterfall waterfall =
        new Waterfall(
            "Share",
            "2023",
            0.050,
            List.of(
                new Waterfall.Step("BEV", 0.004, "/market?a=1&b=2"),
                new Waterfall.Step("ICE", -0.001, "")),
            "2024",
            value -> "v",
            value -> "c");
    assertThat(waterfall.after(), closeTo(0.053, 1e-12));
    NodeList bars = parse(wide(waterfall.svg())).getElementsByTagName("rect");
    double risesTo = right(bars, "rise");
    double fallsFrom = right(bars, "fall");
    assertThat("each step begins where the one above has ended", fallsFrom, closeTo(risesTo, 0.11));
  }

  private static double right(NodeList bars, String css) {
    for (int i = 0; i < bars.getLength(); i++) {
      Element bar = (Element) bars.item(i);
      if (bar.getAttribute("class").equals(css)) {
        return Double.parseDouble(bar.getAttribute("x"))
            + Double.parseDouble(bar.getAttribute("width"));
      }
    }
    throw new AssertionError("no bar " + css);
  }

  private static String wide(String svg) {
    return svg.substring(0, svg.indexOf("</svg>") + "</svg>".length());
  }

  private static String path(Document svg) {
    return ((Element) svg.getElementsByTagName("path").item(0)).getAttribute("d");
  }

  private static Document parse(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }
}
