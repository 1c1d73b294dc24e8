package io.autopulse.pipeline.market;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import io.autopulse.domain.feed.value.DateHorizon;
import io.autopulse.pipeline.manifest.Manifest;
import io.autopulse.pipeline.manifest.ManifestReader;
import io.autopulse.sink.staging.StagedRelations;
import io.autopulse.sink.staging.StagedTable;
import io.autopulse.sink.staging.StagingNames;
import io.autopulse.sink.staging.files.DuckDbStaging;
import io.autopulse.testing.PublishedTables;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job over the shapes that connectors of public sources land, by Airbyte's envelopes. */
class MarketDataTest {
  private static final StagingNames NAMES = new StagingNames("r1");

  private static final String MANIFEST =
      """
      job: market-data
      timezone: Europe/Paris
      feeds:
        fuel_prices:
          from: {type: airbyte-jsonl, path: "{folder}/fuel/*.jsonl"}
          columns: {station_id: id, fuel: prix_nom, region: cp, price_at: prix_maj, price: prix_valeur}
        registrations:
          from: {type: airbyte-jsonl, path: "{folder}/rdw/*.jsonl"}
          columns: {period_start: datum_eerste_tenaamstelling_in_nederland_dt, make: merk, model: handelsbenaming}
          defaults: {period_grain: day, region: ALL, powertrain: ALL}
        attention:
          from: {type: airbyte-jsonl, path: "{folder}/views/*.jsonl"}
          columns: {day: timestamp, source: project, topic: article}
          formats: {day: yyyyMMddHH}
        social:
          from: {type: airbyte-jsonl, path: "{folder}/posts/*.jsonl"}
          columns: {post_id: id, posted_at: created_at, text: content}
          defaults: {source: mastodon}
          sensitive: [account, content]
      mappings:
        makes: {Renault: [], Volkswagen: [VW]}
        regions: {Auvergne-Rhône-Alpes: ["01*", "38*"]}
        fuels: {DIESEL: [Gazole]}
        topics: {Renault Clio: [Clio], Volkswagen: [VW]}
      """;

  @TempDir Path folder;

  private void land(String stream, String... records) throws Exception {
    StringBuilder lines = new StringBuilder();
    for (String record : records) {
      String[] parts = record.split(" ", 2);
      lines
          .append("{\"_airbyte_raw_id\":\"")
          .append(lines.length())
          .append("\",\"_airbyte_extracted_at\":")
          .append(java.time.Instant.parse(parts[0]).toEpochMilli())
          .append(",\"_airbyte_generation_id\":0,\"_airbyte_meta\":{},\"_airbyte_data\":")
          .append(parts[1])
          .append("}\n");
    }
    Files.createDirectories(folder.resolve(stream));
    Files.writeString(folder.resolve(stream).resolve("2025_01_02_1_0.jsonl"), lines);
  }

  @Test
  void subtotalsAreSkippedAndCellsBelowAMergedOneAreFilled() throws Exception {
    Files.writeString(
        folder.resolve("a.csv"),
        """
        Marke;Modellreihe;Januar 2024
        ALFA ROMEO;GIULIA;205
        ;STELVIO;134
        ;TONALE;290
        ALFA ROMEO ZUSAMMEN;;629
        ALPINE;A110;43
        ALPINE ZUSAMMEN;;43
        NEUZULASSUNGEN INSGESAMT;;672
        """);
    checkSubtotals("{type: csv, path: \"{folder}/*.csv\", separator: \";\"}");
  }

  @Test
  void subtotalsAndMergedCellsOfAWorkbookAreReadTheSame() throws Exception {
    Object[][] rows = {
      {"Neuzulassungen nach Marken"},
      {},
      {"Marke", "Modellreihe", "Januar 2024"},
      {"ALFA ROMEO", "GIULIA", 205},
      {null, "STELVIO", 134},
      {null, "TONALE", 290},
      {"ALFA ROMEO ZUSAMMEN", null, 629},
      {"ALPINE", "A110", 43},
      {"ALPINE ZUSAMMEN", null, 43},
      {"NEUZULASSUNGEN INSGESAMT", null, 672}
    };
    try (OutputStream out = Files.newOutputStream(folder.resolve("a.xlsx"));
        Workbook workbook = new Workbook(out, "Test", "1.0")) {
      workbook.newWorksheet("Deckblatt").value(0, 0, "KBA");
      Worksheet sheet = workbook.newWorksheet("FZ 10.1");
      for (int row = 0; row < rows.length; row++) {
        for (int column = 0; column < rows[row].length; column++) {
          if (rows[row][column] instanceof Integer number) {
            sheet.value(row, column, number);
          } else if (rows[row][column] instanceof String text) {
            sheet.value(row, column, text);
          }
        }
      }
      sheet.range(3, 0, 5, 0).merge();
    }
    checkSubtotals("{type: xlsx, path: \"{folder}/*.xlsx\", sheet: FZ 10.1, skip_lines: 1}");
  }

  private void checkSubtotals(String from) throws Exception {
    String yaml =
        """
        job: t
        feeds:
          registrations:
            from: {from}
            columns: {make: Marke, model: Modellreihe, registrations: Januar 2024}
            defaults: {period_grain: month, period_start: "2024-01-01"}
            fill_down: [Marke]
            skip_rows:
              - {column: Marke, like: "* ZUSAMMEN"}
              - {column: Marke, is: Neuzulassungen insgesamt}
        """;
    Manifest manifest =
        new ManifestReader(Map.of())
            .read(
                "m.yaml",
                yaml.replace("{from}", from).replace("{folder}", folder.toString()),
                List.of());
    try (Connection connection = staged(manifest)) {
      assertThat(
          PublishedTables.rows(
              connection,
              "select make, sum(registrations) from STG_market_registrations__r1 group by make order by all"),
          contains("ALFA ROMEO|629", "ALPINE|43"));
      assertThat(
          PublishedTables.rows(
              connection,
              "select rows_read, rows_accepted, rows_rejected, rows_skipped from STG_load_run_feeds__r1"),
          contains("7|4|0|3"));
    }
  }

  private Connection staged(Manifest manifest) throws Exception {
    DuckDbStaging staging =
        new DuckDbStaging(folder.resolve("staging"), NAMES, StagedTable.OF_MARKET);
    Pipeline pipeline =
        Pipeline.create(PipelineOptionsFactory.fromArgs("--targetParallelism=1").create());
    MarketData.build(
        pipeline,
        new MarketPlan(
            manifest.feeds(),
            manifest.timezone(),
            "EUR",
            manifest.mappings(),
            staging,
            Map.of(),
            DateHorizon.NONE));
    pipeline.run().waitUntilFinish();
    Connection connection = DriverManager.getConnection("jdbc:duckdb:");
    staging.attach(connection, "EUR");
    return connection;
  }

  @Test
  void landedStreamsBecomeVintagesRejectedRecordsAndReportedNames() throws Exception {
    land(
        "fuel",
        "2025-01-02T05:00:00Z {\"id\":\"1\",\"cp\":\"01000\",\"prix_nom\":\"Gazole\",\"prix_valeur\":1.7,\"prix_maj\":\"2025-01-01T06:00:00+00:00\"}",
        "2025-01-02T05:00:00Z {\"id\":\"2\",\"cp\":\"38100\",\"prix_nom\":\"Gazole\",\"prix_valeur\":1.753,\"prix_maj\":\"2025-01-01T07:00:00+00:00\"}",
        "2025-01-03T05:00:00Z {\"id\":\"2\",\"cp\":\"38100\",\"prix_nom\":\"Gazole\",\"prix_valeur\":1.753,\"prix_maj\":\"2025-01-01T07:00:00+00:00\"}",
        "2025-01-02T05:00:00Z {\"id\":\"3\",\"cp\":\"75001\",\"prix_nom\":\"GPLc\",\"prix_valeur\":0,\"prix_maj\":\"2025-01-01T07:00:00+00:00\"}");
    land(
        "rdw",
        "2025-01-03T05:00:00Z {\"merk\":\"RENAULT\",\"handelsbenaming\":\"CLIO\",\"datum_eerste_tenaamstelling_in_nederland_dt\":\"2025-01-01T00:00:00.000\",\"registrations\":\"12\"}",
        "2025-01-03T05:00:00Z {\"merk\":\"VW\",\"handelsbenaming\":\"VW GOLF\",\"datum_eerste_tenaamstelling_in_nederland_dt\":\"2025-01-01T00:00:00.000\",\"registrations\":\"9\"}",
        "2025-01-03T05:00:00Z {\"merk\":\"TESLA\",\"handelsbenaming\":\"MODEL Y\",\"datum_eerste_tenaamstelling_in_nederland_dt\":\"2025-01-01T00:00:00.000\",\"registrations\":\"7\"}",
        "2025-01-09T05:00:00Z {\"merk\":\"RENAULT\",\"handelsbenaming\":\"CLIO\",\"datum_eerste_tenaamstelling_in_nederland_dt\":\"2025-01-01T00:00:00.000\",\"registrations\":\"13\"}");
    land(
        "views",
        "2025-01-02T05:00:00Z {\"project\":\"fr.wikipedia\",\"article\":\"Renault_Clio\",\"timestamp\":\"2025010100\",\"views\":1200}",
        "2025-01-02T05:00:00Z {\"project\":\"fr.wikipedia\",\"article\":\"Paris\",\"timestamp\":\"2025010100\",\"views\":9}");
    land(
        "posts",
        "2025-01-02T05:00:00Z {\"id\":\"a\",\"created_at\":\"2025-01-01T10:00:00Z\",\"content\":\"The new Clio is great\",\"account\":\"anna\"}",
        "2025-01-02T05:00:00Z {\"id\":\"b\",\"created_at\":\"2025-01-01T11:00:00Z\",\"content\":\"The new Clio is not great\",\"account\":\"bob\"}",
        "2025-01-02T05:00:00Z {\"id\":\"c\",\"created_at\":\"2025-01-01T11:00:00Z\",\"content\":\"Bob sings\",\"account\":\"carl\"}");
    Manifest manifest =
        new ManifestReader(Map.of())
            .read("market.yaml", MANIFEST.replace("{folder}", folder.toString()), List.of());
    try (Connection connection = staged(manifest)) {
      assertThat(
          PublishedTables.rows(connection, "from STG_fuel_prices__r1 order by all"),
          contains(
              "2025-01-01|AUVERGNE-RHÔNE-ALPES|DIESEL|2025-01-02|1.7265|1.7000|1.7530|2|true|2|0"));
      assertThat(
          PublishedTables.rows(connection, "from STG_market_registrations__r1 order by all"),
          contains(
              "2025-01-01|day|ALL|RENAULT|RENAULT CLIO|ALL|2025-01-03|12|true|1|0",
              "2025-01-01|day|ALL|RENAULT|RENAULT CLIO|ALL|2025-01-09|13|true|1|0",
              "2025-01-01|day|ALL|TESLA|TESLA MODEL Y|ALL|2025-01-03|7|true|1|0",
              "2025-01-01|day|ALL|TESLA|TESLA MODEL Y|ALL|2025-01-09|null|true|0|0",
              "2025-01-01|day|ALL|VOLKSWAGEN|VOLKSWAGEN GOLF|ALL|2025-01-03|9|true|1|0",
              "2025-01-01|day|ALL|VOLKSWAGEN|VOLKSWAGEN GOLF|ALL|2025-01-09|null|true|0|0"));
      assertThat(
          PublishedTables.rows(connection, "from STG_market_attention__r1 order by all"),
          contains(
              "2025-01-01|FR.WIKIPEDIA|RENAULT CLIO|2025-01-02|1200|null|null|true|1|0",
              "2025-01-01|MASTODON|RENAULT CLIO|2025-01-02|null|2|0.057650|true|2|0"));
      assertThat(
          PublishedTables.rows(
              connection,
              "select feed, code, field, raw like '%***%', regexp_matches(raw, 'sings|carl') from STG_rejected_records__r1 order by all"),
          contains(
              "attention|UNMAPPED_NAME|topic|false|false",
              "fuel_prices|PRICE_NOT_POSITIVE|price|false|false",
              "social|UNMAPPED_NAME|text|true|false"));
      assertThat(
          PublishedTables.rows(connection, "from STG_load_run_feeds__r1 order by feed"),
          contains(
              "attention|2|1|1|0|0|0|0|0|null|null",
              "fuel_prices|4|3|1|0|1|0|0|0|null|null",
              "registrations|4|4|0|0|3|0|0|0|null|null",
              "social|3|2|1|0|0|0|0|0|null|null"));
      assertThat(
          PublishedTables.rows(connection, "from STG_unmapped_names__r1 order by all"),
          is(
              List.of(
                  "fuel_prices|fuel|GPLC|1",
                  "fuel_prices|region|75001|1",
                  "registrations|make|TESLA|1")));
    }
  }

  /** The second extract of January to March lacks February; April lies after its last period. */
  @Test
  void periodThatALaterExtractLacksIsWithdrawnAndReported() throws Exception {
    String header = "year,month,make,registrations,extracted_at\n";
    Files.writeString(
        folder.resolve("a.csv"),
        header
            + """
            2024,1,VW,10,2024-05-02T06:00:00Z
            2024,2,VW,20,2024-05-02T06:00:00Z
            2024,3,VW,30,2024-05-02T06:00:00Z
            2024,4,VW,40,2024-05-02T06:00:00Z
            2023,4,VW,99,
            """);
    Files.writeString(
        folder.resolve("b.csv"),
        header
            + """
            2024,1,VW,11,2024-05-09T06:00:00Z
            2024,3,VW,30,2024-05-09T06:30:00Z
            """);
    Manifest manifest =
        new ManifestReader(Map.of())
            .read(
                "market.yaml",
                """
                job: market-data
                timezone: Europe/Paris
                feeds:
                  registrations:
                    from: {type: csv, path: "%s/*.csv"}
                    defaults: {period_grain: month}
                """
                    .formatted(folder),
                List.of());
    try (Connection connection = staged(manifest)) {
      assertThat(
          PublishedTables.rows(connection, "from STG_market_registrations__r1 order by all"),
          contains(
              "2023-04-01|month|ALL|VW|ALL|ALL|2023-04-30|99|false|1|0",
              "2024-01-01|month|ALL|VW|ALL|ALL|2024-05-02|10|true|1|0",
              "2024-01-01|month|ALL|VW|ALL|ALL|2024-05-09|11|true|1|0",
              "2024-02-01|month|ALL|VW|ALL|ALL|2024-05-02|20|true|1|0",
              "2024-02-01|month|ALL|VW|ALL|ALL|2024-05-09|null|true|0|0",
              "2024-03-01|month|ALL|VW|ALL|ALL|2024-05-02|30|true|1|0",
              "2024-04-01|month|ALL|VW|ALL|ALL|2024-05-02|40|true|1|0"));
      assertThat(
          PublishedTables.rows(connection, "from STG_load_run_feeds__r1 order by feed"),
          contains("registrations|7|7|0|0|3|0|0|0|null|null"));
      assertThat(
          new StagedRelations(NAMES).withdrawals(connection),
          contains(
              new StagedRelations.Withdrawal("registrations", "", 1),
              new StagedRelations.Withdrawal("registrations", "2024-02-01 month ALL", 1)));
    }
  }
}
