package io.autopulse.domain.forecast;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The forecasts of an independent engine that {@code reference/make_reference.py} wrote. */
public final class Reference {
  /** Values in a file have nine digits. */
  private static final double CLOSE = 1e-6;

  private Reference() {}

  /** One generated series. */
  @SuppressWarnings("ArrayRecordComponent") // read in place
  public record Case(String key, int season, int horizon, double[] values) {
    /** Returns the season, 5 for a series without one. */
    public int seasonal() {
      return season > 1 ? season : 5;
    }

    /** Returns whether it has a value below 0. */
    public boolean isNegative() {
      return Arrays.stream(values).anyMatch(value -> value < 0);
    }
  }

  /** Computes what is compared. */
  @FunctionalInterface
  public interface Answer {
    /** Returns as many values as the reference has. */
    double[] of(Case series);
  }

  /**
   * Compares answers with those of a file: within a millionth of the value, or of a thousandth of
   * the largest value of the series where that is more.
   *
   * @param file its name without the ending
   * @param least how many series must be compared
   * @param compared which series are
   */
  public static void check(String file, int least, Predicate<Case> compared, Answer answer) {
    Map<String, double[]> expected = new LinkedHashMap<>();
    for (String line : lines(file)) {
      String[] cells = line.split(",", -1);
      if (!cells[1].isEmpty()) {
        expected.put(cells[0], numbers(cells[1]));
      }
    }
    int count = 0;
    for (String line : lines("series")) {
      String[] cells = line.split(",", -1);
      Case series =
          new Case(
              cells[0], Integer.parseInt(cells[1]), Integer.parseInt(cells[2]), numbers(cells[3]));
      double[] wanted = expected.get(series.key());
      if (wanted != null && compared.test(series)) {
        count++;
        checkClose(file + " of " + series.key(), wanted, answer.of(series), series.values());
      }
    }
    int all = count;
    assertTrue(all >= least, () -> "only " + all + " series are compared with " + file);
  }

  private static void checkClose(String what, double[] wanted, double[] actual, double[] values) {
    double scale = Arrays.stream(values).map(Math::abs).max().orElse(0) / 1000;
    for (int i = 0; i < wanted.length; i++) {
      double off = Math.abs(wanted[i] - actual[i]);
      assertTrue(
          off <= CLOSE * Math.max(scale, Math.abs(wanted[i])),
          () ->
              what
                  + ": expected "
                  + Arrays.toString(wanted)
                  + ", but was "
                  + Arrays.toString(actual));
    }
  }

  private static double[] numbers(String cell) {
    return Arrays.stream(cell.split(" ")).mapToDouble(Double::parseDouble).toArray();
  }

  private static List<String> lines(String file) {
    String name = "reference/" + file + ".csv";
    try (InputStream in = Reference.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("no " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().skip(1).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
