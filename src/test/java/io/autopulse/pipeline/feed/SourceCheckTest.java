package io.autopulse.pipeline.feed;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.feed.Feed;
import io.autopulse.domain.problem.InputException;
import io.autopulse.pipeline.feed.SourceCheck.Found;
import io.autopulse.pipeline.manifest.Manifest;
import io.autopulse.pipeline.manifest.ManifestReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceCheckTest {
  private static final String HEADER = "sale_id,status,sold_at,net_price\n";

  @TempDir Path folder;

  @Test
  void filesAreCountedAndTheFirstOnesHeaderIsRead() throws IOException {
    write("b.csv", HEADER);
    write("a.csv", "\uFEFF sale_id , status,sold_at,net_price,\"odd\nname\"\n1,SOLD,x,1,2\n");
    Found found = SourceCheck.check(manifest("*.csv", "")).get(Feed.SALES);
    assertThat(
        found,
        is(
            new Found(
                2,
                96,
                Optional.of(List.of("sale_id", "status", "sold_at", "net_price", "odd\nname")))));
  }

  @Test
  void gzippedFileInAnotherCharsetIsRead() throws IOException {
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("a.csv.gz")))) {
      out.write("sale_id;status;Prix payé;sold_at\n".getBytes(StandardCharsets.ISO_8859_1));
    }
    Manifest manifest =
        read(
            """
            job: daily
            feeds:
              sales:
                from: {type: csv, path: "%s/*.gz", charset: ISO-8859-1, separator: ";"}
                columns: {net_price: Prix payé}
            """
                .formatted(folder));
    assertThat(
        SourceCheck.check(manifest).get(Feed.SALES).header(),
        is(Optional.of(List.of("sale_id", "status", "Prix payé", "sold_at"))));
  }

  @Test
  void everyMissingFileAndHeaderIsReportedWithItsPlace() throws IOException {
    write("a.csv", "Id,Date,status,Phone\n");
    String manifest =
        """
        job: daily
        feeds:
          sales:
            from: {type: csv, path: "%1$s/*.csv"}
            columns:
              sale_id: Idd
              sold_at: Date
            sensitive: [Fone]
          vehicles:
            from: {type: airbyte-jsonl, path: "%1$s/none/*.jsonl"}
        """
            .formatted(folder);
    String file = folder + "/a.csv";
    assertThat(
        problems(read(manifest)),
        contains(
            "m.yaml:6: feeds.sales.columns.sale_id: "
                + file
                + " has no header \"Idd\". Did you mean \"Id\"?",
            "m.yaml:5: feeds.sales.columns: the required field net_price has no column: "
                + file
                + " has no header \"net_price\". Map it, as in columns: {net_price: HEADER}, or give it a default",
            "m.yaml:8: feeds.sales.sensitive: "
                + file
                + " has no header \"Fone\". Did you mean \"Phone\"?",
            "m.yaml:10: feeds.vehicles.from.path: no file matches "
                + folder
                + "/none/*.jsonl in "
                + Path.of("").toAbsolutePath()
                + ". Check the path; a relative one is relative to the folder that autopulse is started in"));
  }

  @Test
  void sequenceIsRefusedWhereThePositionDecides() throws IOException {
    write("a.csv", "sale_id,status,sold_at,net_price,Sequence\n1,SOLD,2024-05-14,100,1\n");
    write(
        "a.jsonl",
        "{\"sale_id\":1,\"status\":\"SOLD\",\"sold_at\":\"2024-05-14\",\"net_price\":1,\"sequence\":4}\n");
    write("b.csv", HEADER);
    String manifest =
        """
        job: daily
        feeds:
          sales:
            from: {type: %s, path: "%s"}
            ties: position
        """;
    for (String source : List.of("csv a.csv header", "airbyte-jsonl a.jsonl key")) {
      String[] of = source.split(" ", 3);
      assertThat(
          problems(read(manifest.formatted(of[0], folder.resolve(of[1])))),
          contains(
              allOf(
                  startsWith("m.yaml:5: feeds.sales.ties: " + folder.resolve(of[1])),
                  endsWith(
                      " has the "
                          + of[2]
                          + " \"sequence\", which ties: position would decide instead of. Remove ties,"
                          + " so that the sequence decides, or rename it in the source"))));
    }
    Manifest without = read(manifest.formatted("csv", folder.resolve("b.csv")));
    assertThat(SourceCheck.check(without).get(Feed.SALES).files(), is(1));
  }

  @Test
  void headerInAnotherCaseIsFoundAndOneThatOnlyLooksLikeAFieldIsNot() throws IOException {
    write("a.csv", "SALE_ID,Status\u00a0,Sold_At,net_price\n");
    assertThat(SourceCheck.check(manifest("a.csv", "")).get(Feed.SALES).files(), is(1));
    write("b.csv", "Sale-ID,status,sold_at,net_price,list price\n");
    assertThat(
        problems(manifest("b.csv", "")),
        contains(
            "m.yaml:3: feeds.sales: "
                + folder
                + "/b.csv has no header \"sale_id\", but one that looks like it: \"Sale-ID\" in column 1."
                + " Did you mean columns: {sale_id: \"Sale-ID\"}?",
            "m.yaml:3: feeds.sales: "
                + folder
                + "/b.csv has no header \"list_price\", but one that looks like it: \"list price\" in column 5."
                + " Did you mean columns: {list_price: \"list price\"}?"));
  }

  @Test
  void headerThatIsUsedTwiceIsReportedWithBothPlaces() throws IOException {
    write("a.csv", "sale_id,status,sold_at,net_price,note,net_price,note\n");
    assertThat(
        problems(manifest("a.csv", "")),
        contains(
            "m.yaml:3: feeds.sales: "
                + folder
                + "/a.csv has the header \"net_price\" twice: \"net_price\" in column 4 and \"net_price\" in column 6."
                + " Rename or remove one of them in the source"));
  }

  @Test
  void columnsThatRowsAreSkippedByAndThatAreFilledDownMustBeThere() throws IOException {
    write("a.csv", "sale_id,status,sold_at,net_price,Typ,note,note\n");
    assertThat(
        problems(
            manifest(
                "a.csv",
                "    skip_rows: [{column: Type, absent: true}, {column: TYP, is: x}]\n    fill_down: [note]\n")),
        contains(
            "m.yaml:5: feeds.sales.skip_rows: "
                + folder
                + "/a.csv has no header \"Type\". Did you mean \"Typ\"?",
            "m.yaml:6: feeds.sales.fill_down: "
                + folder
                + "/a.csv has the header \"note\" twice: \"note\" in column 6 and \"note\" in column 7."
                + " Rename or remove one of them in the source"));
  }

  private Manifest json(String more) {
    return read(
        "job: daily\nfeeds:\n  sales:\n    from: {type: airbyte-jsonl, path: \"%s/*.jsonl\"}\n%s"
            .formatted(folder, more));
  }

  @Test
  void keysThatNoJsonRecordHasAreReported() throws IOException {
    write("a.jsonl", "\n{\"cut off\n");
    write(
        "b.jsonl",
        """
        {"_airbyte_data":{"sale_id":"A1","Sold_At":"2024-01-10","status":"SOLD","modified":null}}
        {"_airbyte_data":{"sale_id":"A2","net_price":1,"make":"Kia","buyer":{"phone":"0151"}}}
        """);
    assertThat(
        problems(
            json(
                "    columns: {updated_at: modifed, make: brand}\n    sensitive: [phon, PHONE]\n")),
        contains(
            "m.yaml:5: feeds.sales.columns.updated_at: "
                + folder
                + "/*.jsonl (of 2 records looked at) has no key \"modifed\". Did you mean \"modified\"?",
            "m.yaml:5: feeds.sales.columns.make: "
                + folder
                + "/*.jsonl (of 2 records looked at) has no key \"brand\". Known: _airbyte_data, sale_id, Sold_At, status, modified, net_price, make, buyer",
            "m.yaml:6: feeds.sales.sensitive: "
                + folder
                + "/*.jsonl (of 2 records looked at) has no key \"phon\". Known: _airbyte_data, sale_id, Sold_At, status, modified, net_price, make, buyer"));
    assertThat(
        SourceCheck.check(json("    columns: {updated_at: modified}\n")).get(Feed.SALES).files(),
        is(2));
  }

  @Test
  void keyThatOnlyLooksLikeAFieldIsReported() throws IOException {
    write(
        "a.jsonl",
        "{\"saleId\":\"A1\",\"sold_at\":\"2024-01-10\",\"status\":\"SOLD\",\"net_price\":1}\n");
    assertThat(
        problems(json("")),
        contains(
            "m.yaml:3: feeds.sales: "
                + folder
                + "/*.jsonl (of 1 record looked at) has no key \"sale_id\", but one that looks like it: \"saleId\"."
                + " Did you mean columns: {sale_id: \"saleId\"}?"));
  }

  private Manifest market(String feed, String more) {
    return read(
        "job: market\nfeeds:\n  %s:\n    from: {type: airbyte-jsonl, path: \"%s/*.jsonl\"}\n%s"
            .formatted(feed, folder, more));
  }

  @Test
  void registrationsWithoutAKeyThatDividesThemAreRefusedUntilADefaultSaysOfWhatTheyAre()
      throws IOException {
    write(
        "a.jsonl",
        """
        {"period_start":"2024-01-01","period_grain":"month","Make":null,"registrations":3}
        {"period_start":"2024-01-01","period_grain":"month","Make":"VW","registrations":5}
        """);
    String found = folder + "/*.jsonl (of 2 records looked at) has no key ";
    assertThat(
        problems(market("registrations", "")),
        contains(
            "m.yaml:3: feeds.registrations: "
                + found
                + "for region, model, powertrain: the figures may be of all, or of unknown ones."
                + " If they are of all, write defaults: {region: ALL, model: ALL, powertrain: ALL};"
                + " else name the keys, as in columns: {region: KEY}"));
    assertThat(
        problems(
            market(
                "registrations",
                "    defaults: {region: ALL, powertrain: UNKNOWN}\n    columns: {model: typ}\n")),
        contains(
            "m.yaml:6: feeds.registrations.columns.model: "
                + found
                + "\"typ\". Known: period_start, period_grain, Make, registrations"));
    Manifest mended =
        market("registrations", "    defaults: {region: ALL, model: ALL, powertrain: UNKNOWN}\n");
    assertThat(SourceCheck.check(mended).get(Feed.REGISTRATIONS).files(), is(1));
  }

  @Test
  void filesOfOneFeedOfWhichOneLacksTheRegionAreRefusedUntilADefaultSaysOfWhatItIs()
      throws IOException {
    write(
        "a.csv", "period_start,period_grain,make,registrations,Region\n2024-01-01,month,VW,5,N\n");
    write("b.csv", "period_start,period_grain,make,registrations\n2024-02-01,month,VW,7\n");
    String feed =
        "job: market\nfeeds:\n  registrations:\n    from: {type: csv, path: \"%s/*.csv\"}\n%s";
    String refused =
        folder.resolve("b.csv")
            + ": has no column for region, which %s has. If its figures are of all, write defaults:"
            + " {region: ALL} under feeds.registrations; else add the column";
    assertThat(
        problems(read(feed.formatted(folder, ""))),
        contains(refused.formatted(folder.resolve("a.csv"))));
    Manifest mended = read(feed.formatted(folder, "    defaults: {region: ALL}\n"));
    assertThat(SourceCheck.check(mended).get(Feed.REGISTRATIONS).files(), is(2));

    // Whichever comes first.
    write(
        "c.csv", "period_start,period_grain,make,registrations,region\n2024-03-01,month,VW,9,S\n");
    Files.delete(folder.resolve("a.csv"));
    assertThat(
        problems(read(feed.formatted(folder, ""))),
        contains(refused.formatted(folder.resolve("c.csv"))));
  }

  @Test
  void fileThatLacksTheRegionIsFoundHoweverManyFilesThereAre() throws IOException {
    for (int i = 0; i < 501; i++) {
      write(
          "%03d.csv".formatted(i),
          "period_start,period_grain,make,registrations%s\n".formatted(i < 500 ? ",region" : ""));
    }
    Manifest manifest =
        read(
            "job: market\nfeeds:\n  registrations:\n    from: {type: csv, path: \"%s/*.csv\"}\n"
                .formatted(folder));
    assertThat(problems(manifest), contains(containsString("500.csv: has no column for region")));
  }

  @Test
  void keysOfJsonAreCheckedHoweverManyFilesThereAre() throws IOException {
    for (int i = 0; i < 501; i++) {
      write(
          "%03d.jsonl".formatted(i),
          "{\"_airbyte_data\":{\"station_id\":\"1\",\"fuel\":\"E10\",\"price_at\":\"2024-01-01\",\"price\":1.7}}\n");
    }
    assertThat(
        problems(market("fuel_prices", "")), contains(containsString("has no key for region")));
  }

  @Test
  void fuelPricesOfAnEnvelopeWithoutARegionAreRefusedToo() throws IOException {
    String price =
        "{\"_airbyte_data\":{\"station_id\":\"1\",\"fuel\":\"E10\",\"price_at\":\"2024-01-01\",\"price\":1.7%s}}\n";
    write("a.jsonl", price.formatted(""));
    assertThat(
        problems(market("fuel_prices", "")),
        contains(
            "m.yaml:3: feeds.fuel_prices: "
                + folder
                + "/*.jsonl (of 1 record looked at) has no key for region: the figures may be of all,"
                + " or of unknown ones. If they are of all, write defaults: {region: ALL}; else name"
                + " the keys, as in columns: {region: KEY}"));
    write("b.jsonl", price.formatted(",\"region\":null"));
    assertThat(SourceCheck.check(market("fuel_prices", "")).get(Feed.FUEL_PRICES).files(), is(2));
  }

  @Test
  void targetsOfJsonLinesSayWhetherTheyAreOfAll() throws IOException {
    write("s.csv", HEADER);
    write("a.jsonl", "{\"month\":\"2026-03\",\"dealer_id\":\"D1\",\"units\":7}\n");
    String yaml =
        """
        job: daily
        feeds:
          sales:
            from: {type: csv, path: "%1$s/s.csv"}
          targets:
            from: {type: airbyte-jsonl, path: "%1$s/*.jsonl"}
        """
            .formatted(folder);
    assertThat(
        problems(read(yaml)),
        contains(
            "m.yaml:5: feeds.targets: "
                + folder
                + "/*.jsonl (of 1 record looked at) has no key for make, model: the figures may be of all,"
                + " or of unknown ones. If they are of all, write defaults: {make: ALL, model: ALL};"
                + " else name the keys, as in columns: {make: KEY}"));
    Manifest mended = read(yaml + "    defaults: {make: ALL, model: ALL}\n");
    assertThat(SourceCheck.check(mended).get(Feed.TARGETS).files(), is(1));
  }

  @Test
  void viewsAreDividedByNothingThatMayBeAbsent() throws IOException {
    write(
        "a.jsonl",
        "{\"day\":\"2024-01-01\",\"source\":\"fr.wikipedia\",\"topic\":\"Clio\",\"views\":7}\n");
    assertThat(SourceCheck.check(market("attention", "")).get(Feed.ATTENTION).files(), is(1));
  }

  @Test
  void filesWithoutARecordHaveNoKeysToReport() throws IOException {
    write("a.jsonl", "");
    assertThat(
        SourceCheck.check(json("    columns: {make: brand}\n")).get(Feed.SALES).files(), is(1));
  }

  @Test
  void defaultStandsForAMissingColumn() throws IOException {
    write("a.csv", "sale_id,sold_at,net_price\n");
    Manifest manifest = manifest("*.csv", "    defaults: {status: SOLD}\n");
    assertThat(SourceCheck.check(manifest).get(Feed.SALES).files(), is(1));
  }

  @Test
  void emptyFileHasNoHeader() throws IOException {
    write("a.csv", "");
    assertThat(
        problems(manifest("*.csv", "")),
        contains(
            folder
                + "/a.csv:1: the file is empty: it has no header. Write the names of the columns in its first line"));
  }

  @Test
  void databaseThatCannotBeReachedIsNamed() {
    assertThat(
        problems(read(jdbc("jdbc:postgresql://127.0.0.1:1/x"))).get(0),
        allOf(
            startsWith("m.yaml:6: feeds.sales.from.url: the database cannot be reached: "),
            containsString("127.0.0.1:1"),
            endsWith("Check host and port, and that the database runs and lets this machine in"),
            not(containsString("Exception"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "jdbc:postgres://127.0.0.1/x|there is no driver for jdbc:postgres://127.0.0.1/x. Known: jdbc:postgresql://…",
        "jdbc:postgresql://127.0.0.1:port/x|is not a URL of PostgreSQL: jdbc:postgresql://127.0.0.1:port/x. Write it as jdbc:postgresql://HOST:PORT/DATABASE"
      })
  void wrongUrlOfADatabaseIsNamed(String url, String problem) {
    assertThat(problems(read(jdbc(url))), contains("m.yaml:6: feeds.sales.from.url: " + problem));
  }

  private static String jdbc(String url) {
    return """
        job: daily
        feeds:
          sales:
            from:
              type: jdbc
              url: "%s"
              table: t
        """
        .formatted(url);
  }

  @Test
  void wrongSeparatorIsOneErrorWithTheRightOne() throws IOException {
    write("a.csv", HEADER.replace(',', ';') + "A1;SOLD;2024-01-10;1\n");
    assertThat(
        problems(manifest("*.csv", "")),
        contains(
            folder
                + "/a.csv: its header is separated by \";\", not by \",\". Set from.separator: \";\""));
    write("a.csv", HEADER.replace(',', '\t'));
    assertThat(
        problems(manifest("*.csv", "")),
        contains(
            folder
                + "/a.csv: its header is separated by tabs, not by \",\". Set from.separator: tab"));
  }

  @Test
  void linesBeforeTheHeaderAreOneErrorWithTheirNumber() throws IOException {
    write("a.csv", "Sales list 2024,,,\r\rsale_id,status,sold_at,net_price\r");
    assertThat(
        problems(manifest("*.csv", "")),
        contains(
            folder + "/a.csv: its header is in line 3, not in line 1. Set from.skip_lines: 2"));
    write("a.csv", "Sales list 2024\n" + HEADER.replace(',', '|'));
    assertThat(
        problems(manifest("*.csv", "")),
        contains(
            folder
                + "/a.csv: its header is in line 2, not in line 1. Set from.separator: \"|\" and from.skip_lines: 1"));
  }

  @Test
  void strangeHeaderIsOneErrorThatShowsItUnlessItMayBePersonal() throws IOException {
    write("a.csv", "Id~Status~Datum\n1~SOLD~x\n");
    assertThat(
        problems(manifest("*.csv", "")),
        contains(
            folder
                + "/a.csv: its header has none of the columns that the manifest needs (sale_id, status, sold_at, net_price);"
                + " it is: Id~Status~Datum. Name its columns under feeds.sales.columns,"
                + " or correct from.separator, from.charset or from.skip_lines"));
    write("a.csv", "Anna Smith,555-1234\n");
    List<String> problems = problems(manifest("*.csv", "    sensitive: [Phone]\n"));
    assertThat(problems.size(), is(1));
    assertThat(problems.get(0).contains("555"), is(false));
    assertThat(
        problems.get(0).contains("is not shown, because it does not name every sensitive column"),
        is(true));
  }

  @Test
  void everyFileIsLookedAtAndNotOnlyTheFirst() throws IOException {
    write("a.csv", HEADER);
    write("b.csv", "PK\u0003\u0004 xl/workbook.xml");
    write("d.csv", "<!doctype html>");
    write("e.csv", "sale_id,status,sold_at\n");
    assertThat(
        problems(manifest("[abde].csv", "")),
        contains(
            folder
                + "/b.csv: is a ZIP archive or an Excel workbook (xlsx), not CSV. Set from.type: xlsx for workbooks; unzip archives",
            folder
                + "/d.csv: is an HTML page, not CSV: perhaps a login or an error page. Download the export again",
            "m.yaml:3: feeds.sales: the required field net_price has no column: "
                + folder
                + "/e.csv has no header \"net_price\". Map it, as in columns: {net_price: HEADER}, or give it a default"));
  }

  @Test
  void hiddenFilesAreNoDataUnlessTheyAreAllThereIs() throws IOException {
    write("._a.csv", "\u0000\u0005\u0016");
    assertThat(
        problems(manifest("*.csv", "")),
        contains(
            "m.yaml:4: feeds.sales.from.path: only hidden or incomplete files match "
                + folder
                + "/*.csv, such as "
                + folder
                + "/._a.csv. Rename them when they are complete: names that begin with ., _ or ~$ or end in .tmp, .part and the like are not read"));
    write("a.csv", HEADER);
    assertThat(SourceCheck.check(manifest("*.csv", "")).get(Feed.SALES).files(), is(1));
  }

  @Test
  void linkToNothingIsAnErrorAndNotLeftOut() throws IOException {
    write("a.csv", HEADER);
    Files.createSymbolicLink(folder.resolve("b.csv"), folder.resolve("nowhere"));
    assertThat(
        problems(manifest("*.csv", "")),
        contains(folder + "/b.csv: is a link to a file that is not there. Remove the link"));
    Files.createSymbolicLink(folder.resolve("c.csv"), folder.resolve("a.csv"));
    Files.delete(folder.resolve("b.csv"));
    assertThat(SourceCheck.check(manifest("*.csv", "")).get(Feed.SALES).files(), is(2));
  }

  @Test
  void damagedGzipIsNamed() throws IOException {
    Files.write(folder.resolve("a.csv.gz"), new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0});
    assertThat(
        problems(manifest("*.gz", "")),
        contains(
            folder + "/a.csv.gz: is a gzip file that ends too early. Copy or export it again"));
  }

  @Test
  void commonHeaderNeedsNoMapping() throws IOException {
    write("a.csv", HEADER);
    assertThat(SourceCheck.check(manifest("a.csv", "")).get(Feed.SALES).files(), is(1));
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private Manifest manifest(String glob, String more) {
    return read(
        "job: daily\nfeeds:\n  sales:\n    from: {type: csv, path: \"%s/%s\"}\n%s"
            .formatted(folder, glob, more));
  }

  private static Manifest read(String yaml) {
    return new ManifestReader(Map.of()).read("m.yaml", yaml, List.of());
  }

  private static List<String> problems(Manifest manifest) {
    return assertThrows(InputException.class, () -> SourceCheck.check(manifest))
        .getMessage()
        .lines()
        .toList();
  }

  @Test
  void eachColumnOfAnIdIsLookedFor() throws IOException {
    write("a.csv", "VIN,Date,status,net_price\n");
    String manifest =
        """
        job: daily
        feeds:
          sales:
            from: {type: csv, path: "%1$s/*.csv"}
            columns: {sale_id: [VIN, Datum], sold_at: Date}
        """
            .formatted(folder);
    assertThat(
        problems(read(manifest)),
        contains(
            "m.yaml:5: feeds.sales.columns.sale_id: "
                + folder
                + "/a.csv has no header \"Datum\". Did you mean \"Date\"?"));
    assertThat(
        SourceCheck.check(read(manifest.replace("Datum", "Date"))).get(Feed.SALES).files(), is(1));
  }
}
