package io.autopulse.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.problem.InputException;
import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.pipeline.forecast.ForecastJob;
import io.autopulse.pipeline.manifest.ManifestReader;
import io.autopulse.pipeline.market.MarketJob;
import io.autopulse.pipeline.run.BatchJob;
import io.autopulse.pipeline.run.RunRequest;
import io.autopulse.pipeline.sales.RefreshJob;
import io.autopulse.pipeline.trend.TrendJob;
import io.autopulse.sink.staging.StagedTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchJobsTest {
  private static final Instant NOON = Instant.parse("2024-05-15T12:00:00Z");
  private static final String SALES =
      "sale_id,updated_at,status,sold_at,make,model,dealer_id,net_price,currency\n";
  private static final String PRICES = "station_id,fuel,price_at,price\n";

  @TempDir Path folder;

  @BeforeEach
  void land() throws IOException {
    Files.writeString(folder.resolve("sales.csv"), SALES);
    Files.writeString(folder.resolve("prices.csv"), PRICES);
  }

  @Test
  void salesAreRefreshedFromTheLookbackOn() {
    BatchJob job = job("lookback: 10d\n" + sales(), Optional.empty());
    assertThat(job, is(instanceOf(RefreshJob.class)));
    assertThat(job.requested(), is(dates("2024-05-06", "2024-05-16")));
    assertThat(job.covered(), is(dates("2024-05-01", "2024-06-01")));
    assertThat(job.tables(), is(StagedTable.OF_REFRESH));
    assertThat(job.bytes(), is((long) SALES.length()));
  }

  @Test
  void refreshWithTargetsStagesThemToo() throws IOException {
    Files.writeString(folder.resolve("targets.csv"), "month,units\n");
    BatchJob job =
        job(
            sales()
                .replace(
                    "}}}",
                    "}}, targets: {from: {type: csv, path: "
                        + folder.resolve("targets.csv")
                        + "}}}"),
            Optional.empty());
    assertThat(job.tables(), is(StagedTable.OF_REFRESH_WITH_TARGETS));
    assertThat(
        job.publication("r1", "direct", "").feeds().keySet(), is(Set.of("sales", "targets")));
  }

  @Test
  void datesOfTheRequestGoBeforeTheLookback() {
    BusinessInterval asked = dates("2024-01-02", "2024-01-03");
    assertThat(job(sales(), Optional.of(asked)).requested(), is(asked));
    assertThat(job("trends: {}\n", Optional.of(asked)).requested(), is(asked));
  }

  @Test
  void liveSalesAreRunOnceAsARefresh() {
    BatchJob job = job("lookback: 10d\nlive: {}\n" + sales(), Optional.empty());
    assertThat(job, is(instanceOf(RefreshJob.class)));
    assertThat(job.requested(), is(dates("2024-05-06", "2024-05-16")));
  }

  @Test
  void liveSalesWithTrendsAreNotRunOnce() {
    assertThat(
        refusal("live: {}\ntrends: {}\n" + sales(), Optional.empty()),
        containsString("trends: is of a live job; a job that ends computes them of what"));
  }

  @Test
  void marketDataIsReadWholeAndItsSizeIsThatOfItsFeeds() {
    for (String live : List.of("", "live: {}\n")) {
      BatchJob job = job(live + prices(), Optional.empty());
      assertThat(job, is(instanceOf(MarketJob.class)));
      assertThat(job.requested(), is(BusinessInterval.ALL));
      assertThat(job.covered(), is(BusinessInterval.ALL));
      assertThat(job.tables(), is(StagedTable.OF_MARKET));
      assertThat(job.bytes(), is((long) PRICES.length()));
    }
  }

  @Test
  void marketDataHasNoRangeOfDates() {
    assertThat(
        refusal(prices(), Optional.of(dates("2024-01-02", "2024-01-03"))),
        containsString("--from and --to: a job of market data has no range of dates"));
  }

  @Test
  void trendsReadTheWarehouseAlone() {
    BatchJob job = job("lookback: 10d\ntrends: {}\n", Optional.empty());
    assertThat(job, is(instanceOf(TrendJob.class)));
    assertThat(job.requested(), is(dates("2024-05-06", "2024-05-16")));
    assertThat(job.tables(), is(StagedTable.OF_TRENDS));
    assertThat(job.bytes(), is(0L));
  }

  @Test
  void forecastIsOfADateThatIsOver() {
    // 15 May is still going on; the last complete week ends on Sunday, 12 May.
    BatchJob job = job("forecast: {history: 3w}\n", Optional.empty());
    assertThat(job, is(instanceOf(ForecastJob.class)));
    assertThat(((ForecastJob) job).asOf().day(), is(LocalDate.parse("2024-05-14")));
    assertThat(job.requested(), is(dates("2024-04-22", "2024-05-13")));
    assertThat(job.covered(), is(dates("2024-05-13", "2024-08-12")));
    assertThat(job.tables(), is(StagedTable.OF_FORECAST));
    assertThat(
        job("forecast: {as_of: 2024-05-14}\n", Optional.empty()),
        is(instanceOf(ForecastJob.class)));
    assertThat(
        refusal("forecast: {as_of: 2024-05-15}\n", Optional.empty()),
        containsString(
            "forecast.as_of: 2024-05-15 is not over yet: what is known of it may still change. The last date that is over is 2024-05-14"));
  }

  @Test
  void forecastHasNoRangeOfDates() {
    assertThat(
        refusal("forecast: {}\n", Optional.of(dates("2024-01-02", "2024-01-03"))),
        containsString("--from and --to: a forecast has no range of dates"));
  }

  @Test
  void sourceThatIsNotThereIsRefusedForSalesAndMarketData() throws IOException {
    Files.delete(folder.resolve("sales.csv"));
    Files.delete(folder.resolve("prices.csv"));
    assertThat(
        refusal(sales(), Optional.empty()), containsString("feeds.sales.from.path: no file"));
    assertThat(
        refusal(prices(), Optional.empty()),
        containsString("feeds.fuel_prices.from.path: no file"));
  }

  private String sales() {
    return "feeds: {sales: {from: {type: csv, path: " + folder.resolve("sales.csv") + "}}}\n";
  }

  private String prices() {
    return "feeds: {fuel_prices: {from: {type: csv, path: "
        + folder.resolve("prices.csv")
        + "}}}\n";
  }

  private static BatchJob job(String yaml, Optional<BusinessInterval> interval) {
    return BatchJobs.of(
        new RunRequest(
            new ManifestReader(Map.of()).read("m.yaml", "job: a\n" + yaml, List.of()),
            interval,
            Optional.empty(),
            "test"),
        NOON);
  }

  private static String refusal(String yaml, Optional<BusinessInterval> interval) {
    return String.valueOf(
        assertThrows(InputException.class, () -> job(yaml, interval)).getMessage());
  }

  private static BusinessInterval dates(String from, String to) {
    return new BusinessInterval(LocalDate.parse(from), LocalDate.parse(to));
  }
}
