package io.autopulse.cli.forecast;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.autopulse.cli.InProcessCli;
import io.autopulse.testing.AutopulseJar.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvForecastTest {
  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = directory.resolve("sales.csv");
  }

  private Result forecast(String content, String... options) throws IOException {
    Files.writeString(file, content);
    List<String> arguments = new ArrayList<>(List.of("forecast", "--csv", file.toString()));
    arguments.addAll(Arrays.asList(options));
    return InProcessCli.run(arguments.toArray(new String[0]));
  }

  private void refused(String content, String message, String... options) throws IOException {
    Result result = forecast(content, options);
    assertThat(result.err(), containsString(message));
    assertThat(result.exitCode(), is(2));
  }

  /** Months of two makes in two countries that repeat 1, 2, 3 to 12, times ten for the second. */
  private static String months(int count) {
    StringBuilder csv = new StringBuilder("series,period,value\n");
    for (int t = 0; t < count; t++) {
      String period = String.format("%d-%02d", 2018 + t / 12, t % 12 + 1);
      csv.append("AA One,").append(period).append(',').append(t % 12 + 1).append('\n');
      csv.append("BB Two,").append(period).append(',').append(10 * (t % 12 + 1)).append('\n');
    }
    return csv.toString();
  }

  @Test
  void forecastsOfEachSeriesAreWritten() throws IOException {
    Path output = directory.resolve("out.csv");
    Result result =
        forecast(months(72), "--period", "month", "--horizon", "3", "--output", output.toString());
    assertThat(result.err(), result.exitCode(), is(0));
    assertThat(result.out(), is("2 series; published: {seasonal_naive=2}\n"));
    List<String> lines = Files.readAllLines(output);
    assertThat(lines, hasSize(7));
    assertThat(
        lines.get(0),
        is(
            "series,origin,period,horizon,mean,lower80,upper80,lower95,upper95,naive,seasonal_naive,method,reason,actual"));
    assertThat(lines.get(5), startsWith("BB Two,2023-12,2024-02,2,20.0000,"));
    assertThat(lines.get(5), containsString(",120.000,20.0000,seasonal_naive,in 8 windows"));
  }

  @Test
  void originsAreMeasuredByGroupAndInTotal() throws IOException {
    Result result =
        forecast(
            months(84), "--period", "month", "--horizon", "2", "--origins", "2", "--group", " ");
    assertThat(result.err(), result.exitCode(), is(0));
    assertThat(result.err(), containsString("2 of 2 origins forecast"));
    assertThat(
        result.out().lines().filter(line -> line.contains("autopulse")).toList(), hasSize(3));
    // Last values 10 and 9, what comes 11, 12 and 10, 11: (1 + 2 + 1 + 2) / 44.
    assertThat(
        result
            .out()
            .lines()
            .filter(line -> line.matches("AA +naive .*"))
            .findFirst()
            .orElseThrow()
            .split(" {2,}")[6],
        is("13.64"));
  }

  @Test
  void actualsOfAnotherFileAreTheMeasure() throws IOException {
    Path actuals = directory.resolve("actuals.csv");
    Files.writeString(
        actuals, "series,period,value\nAA One,2024-01,1\nAA One,2024-02,4\nBB Two,2024-01,10\n");
    Result result =
        forecast(
            months(72), "--period", "month", "--horizon", "2", "--actuals", actuals.toString());
    assertThat(result.err(), result.exitCode(), is(0));
    // 1, 2 and 10 are forecast; 1, 4 and 10 came.
    String row =
        result.out().lines().filter(line -> line.contains("autopulse")).findFirst().orElseThrow();
    assertEquals("13.33", row.split(" {2,}")[6]);
  }

  @Test
  void columnsMayHaveOtherNamesAndPeriodsTwoColumns() throws IOException {
    StringBuilder csv = new StringBuilder("\"Year\",\"Month\",\"Sold\"\n");
    for (int t = 0; t < 60; t++) {
      csv.append(2018 + t / 12).append(',').append(t % 12 + 1).append(',').append(5).append('\n');
    }
    Result result =
        forecast(
            csv.toString(),
            "--period=month",
            "--horizon=2",
            "--series=-",
            "--period-column=Year+Month",
            "--value=sold");
    assertThat(result.err(), result.exitCode(), is(0));
    assertThat(result.out(), startsWith("1 series"));
  }

  @Test
  void fileOfAnotherCharsetIsReadByItsNameAndItsLineIsNamedOtherwise() throws IOException {
    Files.writeString(file, months(40).replace("AA One", "Citroën"), StandardCharsets.ISO_8859_1);
    String[] call = {"forecast", "--csv", file.toString(), "--period", "month"};
    Result refused = InProcessCli.run(call);
    assertThat(
        refused.err(),
        containsString("sales.csv:2: has the byte 0xEB, which is not UTF-8. Name its charset by"));
    assertThat(refused.exitCode(), is(2));

    Path output = directory.resolve("out.csv");
    List<String> named = new ArrayList<>(List.of(call));
    named.addAll(List.of("--charset", "latin1", "--output", output.toString()));
    Result result = InProcessCli.run(named.toArray(new String[0]));
    assertThat(result.err(), result.exitCode(), is(0));
    assertThat(Files.readString(output), containsString("\nCitroën,2021-04,"));
  }

  @Test
  void missingPeriodsAreAnErrorZeroOrTheSeriesIsLeftOut() throws IOException {
    String gap = months(40).replace("AA One,2019-05,5\n", "");
    refused(
        gap,
        "series AA One has no row for 2019-05, but one for 2019-06 in line 35",
        "--period",
        "month");
    assertThat(forecast(gap, "--period", "month", "--missing", "zero").exitCode(), is(0));
    Result skipped = forecast(gap, "--period", "month", "--missing", "skip");
    assertThat(skipped.err(), containsString("1 series read, 1 left out"));
    assertThat(skipped.exitCode(), is(0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          series,period,value;A,2020-13,5      | sales.csv:2: '2020-13' is no period of --period month
          series,period,value;A,2020-01,five   | sales.csv:2: the value 'five' is no number from 0 up
          series,period,value;A,2020-01,-1     | sales.csv:2: the value '-1' is no number from 0 up
          series,period,value;A,2020-01        | sales.csv:2: 2 fields, but the header has 3
          series,period,value;A,2020-01,1;A,2020-01,2 | sales.csv:3: series A has 2020-01 in line 2, too
          series,period,value                  | has no rows
          make,period,value;A,2020-01,1        | sales.csv:1: no column of series among make, period, value
          """)
  void badLinesAreNamed(String content, String message) throws IOException {
    refused(content.replace(';', '\n') + "\n", message, "--period", "month");
  }

  @Test
  void badCallsAreNamed() throws IOException {
    refused(months(40), "--period: is needed with --csv");
    refused(months(40), "must be one of day, week, month, quarter, year, number", "--period=hour");
    refused(
        months(40),
        "--series names column Make, which the header lacks",
        "--period=month",
        "--series=Make");
    refused(months(40), "the longest series has 40", "--period=month", "--origins=30");
    refused(months(40), "--windows: must be 3 or more", "--period=month", "--windows=2");
    refused(
        months(40),
        "--charset: \"latin\" is not a charset of this machine. Write UTF-8",
        "--period=month",
        "--charset=latin");
    refused(months(40), "--country", "--period=month", "--country=xx");
    Result absent = InProcessCli.run("forecast", "--csv", "absent.csv", "--period", "week");
    assertThat(absent.err(), containsString("absent.csv: does not exist"));
    assertThat(absent.exitCode(), is(2));
  }
}
