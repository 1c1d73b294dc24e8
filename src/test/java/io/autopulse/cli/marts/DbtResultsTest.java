package io.autopulse.cli.marts;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What dbt says of a build, in a few words. */
class DbtResultsTest {
  @TempDir private Path folder;

  @Test
  void testsAndModelsAreCountedAndThoseThatFailAreNamed() throws IOException {
    DbtResults results =
        read(
            """
            {"results": [
              {"status": "success", "unique_id": "model.autopulse.fct_sales", "message": "OK"},
              {"status": "success", "unique_id": "operation.autopulse.autopulse-on-run-end-0", "message": "OK"},
              {"status": "pass", "unique_id": "test.autopulse.fct_sales_has_one_row_a_key.0ab", "message": null},
              {"status": "fail", "unique_id": "test.autopulse.members_equal_sales_kpi.1c", "message": "Got 2 results, configured to fail if != 0"},
              {"status": "fail", "unique_id": "unit_test.autopulse.dim_date.an_iso_year_may_have_53_weeks", "message": "\\nactual differs"},
              {"status": "warn", "unique_id": "test.autopulse.windows_wait_for_a_backfill.2d", "message": "Got 1 result"},
              {"status": "skipped", "unique_id": "model.autopulse.mart_price_trends", "message": null},
              {"status": "error", "unique_id": "model.autopulse.fct_forecast", "message": "Binder Error"}]}
            """);
    assertThat(results.models(), is(1));
    assertThat(results.tests(), is(1));
    assertThat(
        results.failures().stream().map(DbtResults.Line::name).toList(),
        is(List.of("members_equal_sales_kpi", "dim_date.an_iso_year_may_have_53_weeks")));
    assertThat(results.warnings().toString(), is("[windows_wait_for_a_backfill: Got 1 result]"));
    assertThat(results.errors().toString(), is("[fct_forecast: Binder Error]"));
  }

  @Test
  void buildThatDidNotBeginHasNoResults() {
    DbtResults results = DbtResults.read(folder.resolve("none.json"));
    assertThat(results, is(new DbtResults(0, 0, List.of(), List.of(), List.of())));
  }

  private DbtResults read(String json) throws IOException {
    return DbtResults.read(Files.writeString(folder.resolve("run_results.json"), json));
  }
}
