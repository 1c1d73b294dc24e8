package io.autopulse.sink.publish.forecast;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;

import io.autopulse.testing.MigratedFile;
import io.autopulse.testing.PublishedTables;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForecastViewsTest {
  private static final String FINGERPRINT =
      "select forecast_rows, fingerprint from forecast_fingerprints";

  @TempDir private Path folder;
  private Connection warehouse;

  @BeforeEach
  void open() throws Exception {
    warehouse =
        DriverManager.getConnection("jdbc:duckdb:" + MigratedFile.at(folder.resolve("a.duckdb")));
    execute("set search_path = 'AUTOPULSE_CORE'");
  }

  @AfterEach
  void close() throws SQLException {
    warehouse.close();
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = warehouse.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void rowsOfEarlierReleasesKeepTheirFingerprint() throws SQLException {
    execute(
        """
        insert into forecasts values
            ('week', date '2026-11-01', 1, 'total', 'ALL', date '2026-11-02', 1, 'naive', 30, null, null, null, null,
             false, 'naive', null, null, null, null, null, null, 'r', null, null, null, null),
            ('week', date '2026-11-01', 1, 'total', 'ALL', date '2026-11-02', 1, 'forecast', 30, 28, 34, 25, 39,
             true, 'combination', null, 30, 0, 0, 0, 's', 'r', null, null, null, null)
        """);
    // The first six digits of MD5, each plus one, of total|ALL|2026-11-02|1|naive|30.000000|||||
    // and so on.
    assertThat(PublishedTables.rows(warehouse, FINGERPRINT), contains("2|20771191"));
    execute(
        "update forecasts set calendar_units = 0.5, features_units = 0, bias_units = 0 where published");
    assertThat(PublishedTables.rows(warehouse, FINGERPRINT), contains("2|22682141"));
  }

  @Test
  void stepsOfOtherHorizonsAndAsOfDatesAreNotMixed() throws SQLException {
    for (String row :
        new String[] {
          "'2026-11-01', 'naive', 0, 2, 20, 8",
          "'2026-11-08', 'naive', 0, 4, 40, 10",
          "'2026-11-08', 'naive', 1, 2, 20, 9",
          "'2026-11-08', 'model', 0, 4, 40, 4",
          "'2026-11-08', 'reconciled', 0, 4, 0, 4"
        }) {
      String[] v = row.split(", ");
      execute(
          "insert into forecast_accuracy values ('week', date %s, 1, '%s', 'ALL', %s, %s, %s, %s, 2, %s, null, null, null, null, null, null, null, null, false, 'r')"
              .formatted(
                  v[0],
                  v[1].contains("reconciled") ? "region" : "total",
                  v[1],
                  v[2],
                  v[3],
                  v[4],
                  v[5]));
    }
    assertThat(
        PublishedTables.rows(
            warehouse,
            "select as_of, dimension, step, method, forecasts, wape, bias, value_added from forecast_value_added order by 2, 3"),
        contains(
            "2026-11-08|region|4|reconciled|4|null|null|null",
            "2026-11-08|total|1|naive|4|0.250000|0.050000|null",
            "2026-11-08|total|3|model|4|0.100000|0.050000|0.150000"));
  }
}
