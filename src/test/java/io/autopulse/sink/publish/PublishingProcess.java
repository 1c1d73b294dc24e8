package io.autopulse.sink.publish;

import io.autopulse.warehouse.StatementListener;
import io.autopulse.warehouse.duckdb.DuckDbSettings;
import io.autopulse.warehouse.duckdb.DuckDbWarehouse;
import java.nio.file.Path;
import java.sql.Connection;

/**
 * Publishes May 2024 with the price of s2 corrected to 31,000, and dies without a word before a
 * step.
 *
 * <p>Arguments: the database file, the run id, and the step to die before, or {@code none}.
 */
final class PublishingProcess {
  static final int KILLED = 137;

  private PublishingProcess() {}

  public static void main(String[] arguments) throws Exception {
    String lastStep = arguments[2];
    StatementListener listener =
        step -> {
          if (step.equals(lastStep)) {
            Runtime.getRuntime().halt(KILLED);
          }
        };
    try (DuckDbWarehouse warehouse =
            DuckDbWarehouse.open(Path.of(arguments[0]), DuckDbSettings.RUN);
        Connection connection = warehouse.connect()) {
      StagedRun staged = StagedRun.may(connection, arguments[1]);
      staged.execute(
          "update {sale_versions} set net_price = 31000, updated_at = timestamp '2024-05-06 00:00:00' where sale_id = 's2'");
      staged.execute(
          "update {sales_kpi} set revenue = revenue + 1000 where units_sold > 0 and window_end > timestamp '2024-05-03' and member in ('ALL', 'RENAULT', 'SOUTH', 'SOUTH x RENAULT')");
      new Publisher(connection, StagedRun.CLOCK, listener).publish(staged.request());
    }
  }
}
