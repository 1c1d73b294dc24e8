package io.autopulse.sink.staging.snowflake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.autopulse.domain.kpi.Grain;
import io.autopulse.domain.kpi.KpiBlockWriter;
import io.autopulse.domain.kpi.KpiLayout;
import io.autopulse.domain.sale.Fate;
import io.autopulse.domain.sale.SaleStatus;
import io.autopulse.domain.sale.block.Dictionary;
import io.autopulse.domain.sale.block.Version;
import io.autopulse.sink.staging.StagedTable;
import io.autopulse.sink.staging.StagingNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The rows of blocks have a text for each column of their staging table, and in its order. */
class StagingTableTest {
  @Test
  void textsOfAVersionAreInTheOrderOfTheColumns() {
    byte[] block =
        Version.block(
            Version.of("S-1")
                .updated(1_715_680_800_000_001L, 7)
                .status(SaleStatus.RETURNED)
                .prices(19_999_99, 25_000_00)
                .provenance("web", "erp")
                .fate(Fate.SUPERSEDED));
    Map<String, String> expected = new LinkedHashMap<>();
    expected.put("sale_id", "S-1");
    expected.put("updated_at", "2024-05-14 10:00:00.000001");
    expected.put("sequence", "7");
    expected.put("status", "RETURNED");
    expected.put("sold_at", "2024-05-14 00:00:00.000000");
    expected.put("sold_on", "2024-05-14");
    expected.put("model_id", "M1");
    expected.put("make", "RENAULT");
    expected.put("model", "CLIO");
    expected.put("segment", "B");
    expected.put("powertrain", "ICE");
    expected.put("dealer_id", "D1");
    expected.put("region", "NORTH");
    expected.put("list_price", "25000.00");
    expected.put("net_price", "19999.99");
    expected.put("channel", "web");
    expected.put("source", "erp");
    expected.put("fate", "SUPERSEDED");
    assertThat(only(StagedTable.SALE_VERSIONS, block), is(expected));
  }

  @Test
  void textsOfAKpiAreInTheOrderOfTheColumns() {
    Dictionary dimensions = new Dictionary();
    Dictionary members = new Dictionary();
    List<byte[]> blocks = new ArrayList<>();
    KpiBlockWriter writer = new KpiBlockWriter(dimensions, members, blocks::add);
    int at = writer.newRow();
    KpiLayout.putKey(
        writer.rows(),
        at,
        Grain.DAY.ordinal(),
        476_568,
        476_592,
        writer.localDimension(dimensions.code("make".getBytes(UTF_8))),
        writer.localMember(members.code("RENAULT".getBytes(UTF_8))),
        true);
    KpiLayout.putUnits(writer.rows(), at, 1, 2, 3, 4);
    KpiLayout.putAmounts(writer.rows(), at, 5_00, 6_00, 7_00, 8_00, 9_00);
    KpiLayout.putShares(writer.rows(), at, 10, 11);
    writer.flush();
    Map<String, String> expected = new LinkedHashMap<>();
    expected.put("grain", "day");
    expected.put("window_start", "2024-05-14 00:00:00.000000");
    expected.put("window_end", "2024-05-15 00:00:00.000000");
    expected.put("dimension", "make");
    expected.put("member", "RENAULT");
    expected.put("units_sold", "1");
    expected.put("units_cancelled", "2");
    expected.put("units_returned", "3");
    expected.put("revenue", "5.00");
    expected.put("average_price", "6.00");
    expected.put("median_price", "7.00");
    expected.put("p10_price", "8.00");
    expected.put("p90_price", "9.00");
    expected.put("average_discount", "0.000010");
    expected.put("sales_mix", "0.000011");
    expected.put("revision", "4");
    expected.put("is_final", "true");
    assertThat(only(StagedTable.SALES_KPI, blocks.get(0)), is(expected));
  }

  private static Map<String, String> only(StagedTable staged, byte[] block) {
    StagingTable table = StagingTable.of(staged);
    List<byte[]> rows = new ArrayList<>();
    table.rows(block, rows::add);
    assertThat(rows.size(), is(1));
    List<String> texts = RowText.texts(rows.get(0));
    assertThat(texts.size(), is(table.names().size()));
    Map<String, String> byName = new LinkedHashMap<>();
    for (int i = 0; i < texts.size(); i++) {
      byName.put(table.names().get(i), texts.get(i));
    }
    return byName;
  }

  @Test
  void tableOfARunHasTheTypesOfTheCatalogue() {
    assertThat(
        StagingTable.of(StagedTable.FUEL_PRICES).create(new StagingNames("r1")),
        is(
            "create table STG_fuel_prices_rows__r1 (day date, region varchar, fuel varchar,"
                + " known_on date, average_price decimal(18, 4), minimum_price decimal(18, 4),"
                + " maximum_price decimal(18, 4), stations bigint, dated boolean,"
                + " records bigint, conflicts bigint)"));
    assertThat(
        StagingTable.of(StagedTable.SALES_KPI).create(new StagingNames("r1")),
        containsString("window_start timestamp_ntz(9), window_end timestamp_ntz(9)"));
  }
}
