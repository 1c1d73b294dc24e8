package io.autopulse.transform.forecast;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.calendar.Step;
import io.autopulse.domain.forecast.Series;
import io.autopulse.domain.problem.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileMethodTest {
  private static final String HEADER = "series,origin,period,value\n";

  @TempDir Path folder;

  @Test
  void forecastFromTheEndOfASeriesIsTheOneOfItsOrigin() throws IOException {
    FileMethod method =
        read(
            HEADER
                + "North,2026-03-02,2026-03-09,10.5\n"
                + "North,2026-03-02,2026-03-16,11\n"
                + "North,2026-03-09,2026-03-16,20\n"
                + "North,2026-03-09,2026-03-23,21\n");
    assertThat(method.name(), is("other"));
    assertThat(
        "the last period known is 2 March",
        method.forecast(List.of(weekly("North", 1, 2)), 2),
        is(new double[][] {{10.5, 11}}));
    assertThat(
        "an origin later",
        method.forecast(List.of(weekly("North", 1, 2, 3)), 2),
        is(new double[][] {{20, 21}}));
  }

  @Test
  void forecastThatIsNotWholeIsTheLastSeasonAndItsSeriesIsNamed() throws IOException {
    FileMethod method = read(HEADER + "North,2026-03-02,2026-03-09,10\n");
    Series north = weekly("North", 1, 2);
    Series south = weekly("South", 3, 4, 5);
    assertThat(method.missing(List.of(north, south), 1), is(List.of("South")));
    assertThat(method.missing(List.of(north, south), 2), is(List.of("North", "South")));
    assertThat(method.missing(List.of(north), 1), is(empty()));
    assertThat(
        method.forecast(List.of(north, south), 3), is(new double[][] {{1, 2, 1}, {4, 5, 4}}));
    Series empty = new Series("new", Step.WEEK, LocalDate.of(2026, 3, 2), 52, new double[0]);
    assertThat(method.forecast(List.of(empty), 2), is(new double[][] {{0, 0}}));
  }

  @Test
  void columnsMayBeInAnotherOrderWithOthersBetween() throws IOException {
    FileMethod method =
        read("\uFEFFvalue,model,period,series,origin\n7,x,2026-04-01,\"A, B\",2026-03-01\n");
    Series monthly =
        new Series("A, B", Step.MONTH, LocalDate.of(2026, 2, 1), 12, new double[] {1, 2});
    assertThat(method.forecast(List.of(monthly), 1), is(new double[][] {{7}}));
  }

  @Test
  void lineThatIsNoForecastIsAnErrorWithItsLineAndField() {
    assertThat(
        message(HEADER + "a,2026-03-02,2026-03-09,1\nb,2.3.2026,2026-03-09,1\n"),
        containsString("f.csv:3: origin: \"2.3.2026\" is not a date"));
    assertThat(
        message(HEADER + "a,2026-03-02,2026-03-02,1\n"),
        containsString("f.csv:2: period: 2026-03-02 is not after the origin 2026-03-02"));
    assertThat(
        message(HEADER + "a,2026-03-02,2026-03-09,NaN\n"),
        containsString("f.csv:2: value: \"NaN\" is not a number"));
    assertThat(
        message(HEADER + "a,2026-03-02,2026-03-09,\"1,5\"\n"),
        containsString("\"1,5\" is not a number"));
    assertThat(
        message(HEADER + "a,2026-03-02,2026-03-09\n"),
        containsString("f.csv:2: value: the value is absent"));
    assertThat(
        message(HEADER + " ,2026-03-02,2026-03-09,1\n"),
        containsString("f.csv:2: series: the value is absent"));
    assertThat(
        message(HEADER + "a,2026-03-02,2026-03-09,1\na,2026-03-02,2026-03-09,2\n"),
        containsString("two forecasts of \"a\" from 2026-03-02 for 2026-03-09"));
  }

  @Test
  void fileThatIsNoFileOfForecastsIsAnError() {
    assertThat(message("unique_id,ds,y\na,2026-03-02,1\n"), containsString("no column \"series\""));
    assertThat(message(HEADER), containsString("there is no forecast in the file"));
    assertThat(message(""), containsString("there is no forecast in the file"));
    assertThat(
        String.valueOf(
            assertThrows(
                    InputException.class,
                    () -> FileMethod.read(folder.resolve("absent.csv"), "other"))
                .getMessage()),
        containsString("absent.csv: there is no such file of forecasts"));
  }

  private FileMethod read(String text) throws IOException {
    Path file = folder.resolve("f.csv");
    Files.writeString(file, text);
    return FileMethod.read(file, "other");
  }

  private String message(String text) {
    return String.valueOf(assertThrows(InputException.class, () -> read(text)).getMessage());
  }

  private static Series weekly(String key, double... values) {
    return new Series(key, Step.WEEK, LocalDate.of(2026, 2, 23), 2, values);
  }
}
