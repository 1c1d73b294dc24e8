package io.autopulse.web;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarketWeeksTest {
  @TempDir private Path directory;

  private ServedWarehouse served;

  @BeforeEach
  void start() throws Exception {
    served = ServedWarehouse.in(directory);
  }

  @AfterEach
  void stop() throws SQLException {
    served.close();
  }

  @Test
  void weeksHavePricesFuelAndAttentionBesideThem() throws Exception {
    served.execute(
        """
        insert into trend_features (week_start, dimension, member, units, price_index, fuel_price, attention, run_id)
        values
            (date '2024-05-06', 'total', 'ALL', 14, 101.5, 1.789, null, 'r1'),
            (date '2024-05-13', 'total', 'ALL', 12, null, 1.801, null, 'r1'),
            (date '2024-05-13', 'powertrain', 'BEV', 3, 99, 1.801, null, 'r1'),
            (date '2024-06-03', 'total', 'ALL', 99, null, null, null, 'r1'),
            (date '2024-05-06', 'make', 'FIAT', 7, null, null, 1000, 'r1'),
            (date '2024-05-06', 'make', 'RENAULT', 7, null, null, 500.5, 'r1')
        """);
    served.folder().write(served.core(), "trends");
    assertThat(
        served.csv("/market/weeks.csv?period=2024-05"),
        is(
            List.of(
                List.of("2024-05-06", "14", "101.500000", "1.7890", "1500.500000"),
                List.of("2024-05-13", "12", "", "1.8010", ""))));
    assertThat(
        served.csv("/market/weeks.csv?period=2024-05&powertrain=BEV"),
        is(List.of(List.of("2024-05-13", "3", "99.000000", "1.8010", ""))));
    String page = served.get("/market?period=2024-05&lang=fr").body();
    assertThat(page, containsString("indice des prix"));
    assertThat(
        served.get("/market?period=2024-05&known=2024-06-01").body(),
        containsString("are known as of today only"));
  }
}
