package io.autopulse.transform.forecast;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.autopulse.domain.calendar.Step;
import io.autopulse.domain.forecast.MemberForecast;
import io.autopulse.domain.forecast.Series;
import io.autopulse.domain.forecast.ledger.PanelForecast;
import java.time.LocalDate;
import java.util.List;
import org.apache.beam.sdk.util.CoderUtils;
import org.junit.jupiter.api.Test;

class PanelForecastCoderTest {
  @Test
  void everyBitComesBack() throws Exception {
    double[] third = {1 / 3.0, Double.MIN_VALUE};
    PanelForecast before =
        new PanelForecast(
            "region x model",
            List.of(
                new Series(
                    "NORTH x Š",
                    Step.MONTH,
                    LocalDate.parse("2026-02-01"),
                    12,
                    new double[] {0, 7})),
            List.of(
                new MemberForecast(
                        "NORTH x Š",
                        "naive",
                        "why",
                        third,
                        third,
                        third,
                        third,
                        third,
                        third,
                        third)
                    .withCalendar(new double[] {0.9, 1.1})),
            new double[][][] {{{Double.NaN, 3.5}}});

    byte[] bytes = CoderUtils.encodeToByteArray(new PanelForecastCoder(), before);
    PanelForecast after = CoderUtils.decodeFromByteArray(new PanelForecastCoder(), bytes);

    assertThat(after.dimension(), is("region x model"));
    assertThat(after.panel(), is(before.panel()));
    assertThat(after.forecasts().get(0).reason(), is("why"));
    assertThat(after.forecasts().get(0).seasonalNaive(), is(third));
    assertThat(after.forecasts().get(0).calendar(), is(new double[] {0.9, 1.1}));
    assertThat(after.past()[0][0], is(new double[] {Double.NaN, 3.5}));
    assertThat(CoderUtils.encodeToByteArray(new PanelForecastCoder(), after), is(bytes));
  }
}
