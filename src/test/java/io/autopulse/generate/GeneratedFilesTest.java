package io.autopulse.generate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autopulse.domain.problem.InputException;
import io.autopulse.generate.format.LandingFormat;
import io.autopulse.generate.work.GenerateProgress;
import io.autopulse.generate.world.GenerateSpec;
import io.autopulse.generate.world.ModelChoice;
import io.autopulse.generate.world.SaleRates;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratedFilesTest {
  private static final int VERSIONS = 2_000;

  /** Three blocks, so that threads have something to disagree about. */
  private static final int VERSIONS_FOR_THREADS = 17_000;

  @TempDir private Path folder;

  @Test
  void sameSeedGivesTheSameBytesWhateverTheNumberOfThreads() throws IOException {
    GenerateSpec one = spec("one").withVersions(VERSIONS_FOR_THREADS).withThreads(1);
    GenerateSpec three = spec("three").withVersions(VERSIONS_FOR_THREADS).withThreads(3);
    Map<String, String> files = files(generate(one));
    // Sales; vehicles, dealers and targets; the market's, of them registrations twice; manifests;
    // the truth.
    assertThat(files.size(), is(4 + 3 + 5 + 2 + 4));
    assertThat(files(generate(three)), equalTo(files));
  }

  @Test
  void sameSeedGivesTheSameJsonTwice() throws IOException {
    GenerateSpec one = spec("one").withFormat(LandingFormat.AIRBYTE_JSONL, true);
    GenerateSpec two = spec("two").withFormat(LandingFormat.AIRBYTE_JSONL, true);
    assertThat(files(generate(two)), equalTo(files(generate(one))));
  }

  @Test
  void anotherSeedGivesOtherData() throws IOException {
    Map<String, String> one = files(generate(spec("one")));
    Map<String, String> other = files(generate(spec("other").withSeed(43)));
    assertThat(other.get("sales/sales-000.csv"), not(one.get("sales/sales-000.csv")));
    assertThat(other.get("truth/kpis.csv"), not(one.get("truth/kpis.csv")));
  }

  @Test
  void defectsLeaveTheTruthOfTheGoodSalesUntouched() throws IOException {
    Map<String, String> clean = files(generate(spec("clean").withRates(SaleRates.USUAL)));
    Map<String, String> dirty =
        files(generate(spec("dirty").withRates(SaleRates.USUAL.withDefects(0.1))));
    assertThat(dirty.get("truth/kpis.csv"), is(clean.get("truth/kpis.csv")));
    assertThat(dirty.get("sales/sales-000.csv"), containsString("DROP TABLE"));
  }

  @Test
  void cleanSalesFilesHoldNoQuoteAndHaveTheFieldsAsHeader() throws IOException {
    Map<String, String> files = files(generate(spec("clean").withRates(SaleRates.USUAL)));
    for (int file = 0; file < 4; file++) {
      String content = files.get("sales/sales-00" + file + ".csv");
      assertThat(content, not(containsString("\"")));
      assertThat(
          content,
          startsWith(
              "sale_id,updated_at,sequence,status,sold_at,model_id,dealer_id,region,list_price,"
                  + "net_price,currency,channel,source,customer_name,customer_phone\nS0"));
    }
    assertThat(
        files.get("vehicles/vehicles.csv"),
        startsWith(
            "model_id,make,model,segment,powertrain,list_price,launched_on,discontinued_on,successor,updated_at\n"
                + "M00001,Renault,"));
    assertThat(
        files.get("dealers/dealers.csv"),
        startsWith("dealer_id,dealer_name,region,updated_at\nD00001,"));
    assertThat(files.get("truth/defects.csv"), is("file,line,code,field\n"));
  }

  @Test
  void eachDealerHasATargetAMonthAndTheyAreAboutWhatIsSold() throws IOException {
    Map<String, String> files = files(generate(spec("plain").withVersions(10_000)));
    List<String> targets = files.get("targets/targets.csv").lines().toList();
    assertThat(targets.get(0), is("month,dealer_id,make,model,units,revenue,currency,updated_at"));
    assertThat(targets.size(), is(1 + 12 * 120));
    assertThat(targets.get(1), startsWith("2024-01,D00001,ALL,ALL,"));
    assertThat(targets.get(12 * 120), startsWith("2024-12,D00120,ALL,ALL,"));
    long planned =
        targets.stream().skip(1).mapToLong(line -> Long.parseLong(line.split(",")[4])).sum();
    long sold =
        files
            .get("truth/kpis.csv")
            .lines()
            .map(line -> line.split(","))
            .filter(cell -> cell[0].equals("month") && cell[3].equals("total"))
            .mapToLong(cell -> Long.parseLong(cell[5]))
            .sum();
    assertThat((double) planned / sold, greaterThan(0.8));
    assertThat((double) planned / sold, is(lessThan(1.25)));
  }

  @Test
  void distinctVersionsAreAsManyAsAskedFor() throws IOException {
    GenerateSummary summary = generate(spec("clean").withRates(SaleRates.USUAL));
    List<String> lines = salesLines(files(summary.directory()));
    Set<String> distinct = new HashSet<>(lines);
    assertThat(distinct.size(), is(VERSIONS));
    assertThat((long) lines.size(), is(VERSIONS + summary.duplicates()));
    assertThat(summary.records(), is((long) lines.size()));
    assertThat(summary.duplicates(), greaterThan(20L));
    assertThat(summary.late(), greaterThan(50L));
  }

  @Test
  void ratesOfZeroGiveOneVersionASaleInOrder() throws IOException {
    GenerateSummary summary = generate(spec("plain").withRates(new SaleRates(0, 0, 0, 0, 0, 0)));
    assertThat(summary.sales(), is((long) VERSIONS));
    assertThat(summary.records(), is((long) VERSIONS));
    assertThat(summary.late(), is(0L));
    assertThat(summary.defects(), is(0L));
  }

  @Test
  void compressedFilesHoldTheSameText() throws IOException {
    Map<String, String> plain = files(generate(spec("plain")));
    Map<String, String> packed =
        files(generate(spec("packed").withFormat(LandingFormat.CSV, true)));
    assertThat(packed.get("sales/sales-002.csv.gz"), is(plain.get("sales/sales-002.csv")));
    assertThat(packed.get("dealers/dealers.csv.gz"), is(plain.get("dealers/dealers.csv")));
    assertThat(packed.get("truth/kpis.csv"), is(plain.get("truth/kpis.csv")));
    assertThat(packed.get("manifest.yaml"), containsString("packed/sales/*.csv.gz"));
  }

  @Test
  void airbyteEnvelopesHoldTheSameRecords() throws IOException {
    Path csv = generate(spec("csv").withRates(SaleRates.USUAL)).directory();
    Path json =
        generate(
                spec("json")
                    .withRates(SaleRates.USUAL)
                    .withFormat(LandingFormat.AIRBYTE_JSONL, false))
            .directory();
    List<Path> streams;
    try (Stream<Path> paths = Files.list(json.resolve("erp/sales"))) {
      streams = paths.sorted().toList();
    }
    assertThat(streams.size(), is(4));
    Set<String> ids = new HashSet<>();
    int records = 0;
    for (int file = 0; file < 4; file++) {
      List<String> rows = Files.readAllLines(csv.resolve("sales/sales-00" + file + ".csv"));
      List<String> lines = Files.readAllLines(streams.get(file));
      assertThat(lines.size(), is(rows.size() - 1));
      for (int i = 0; i < lines.size(); i++) {
        JsonNode envelope = new ObjectMapper().readTree(lines.get(i));
        assertThat(asCsv(envelope.get("_airbyte_data")), is(rows.get(i + 1)));
        ids.add(envelope.get("_airbyte_raw_id").asText());
        records++;
      }
      JsonNode last = new ObjectMapper().readTree(lines.get(lines.size() - 1));
      assertThat(
          streams.get(file).getFileName().toString(),
          containsString("_" + last.get("_airbyte_extracted_at").asLong() + "_0.jsonl"));
    }
    assertThat(ids.size(), is(records));
    assertThat(
        Files.readString(json.resolve("manifest.yaml")),
        containsString("from: {type: airbyte-jsonl, path: \"" + json + "/erp/sales/*.jsonl\"}"));
  }

  @Test
  void dealersDifferInSizeAndBatteryCarsGainShare() throws IOException {
    Map<String, String> files = files(generate(spec("plain").withVersions(5_000)));
    Map<String, Integer> sales = new TreeMap<>();
    for (String line : files.get("truth/kpis.csv").lines().toList()) {
      String[] cell = line.split(",");
      if (cell[0].equals("month") && cell[3].equals("dealer")) {
        sales.merge(cell[4], Integer.parseInt(cell[5]), Integer::sum);
      }
    }
    List<Integer> sizes = sales.values().stream().sorted().toList();
    assertThat(sizes.get(sizes.size() - 1), greaterThan(8 * sizes.get(sizes.size() / 2)));
    assertThat(ModelChoice.share("BEV", 2018), is(lessThan(0.03)));
    assertThat(ModelChoice.share("BEV", 2026), greaterThan(0.25));
    assertThat(ModelChoice.share("ICE", 2018), greaterThan(ModelChoice.share("ICE", 2026) * 2));
  }

  @Test
  void directoryThatIsNotEmptyIsRefused() throws IOException {
    Files.createDirectories(folder.resolve("full"));
    Files.writeString(folder.resolve("full/mine.txt"), "keep");
    InputException refused =
        assertThrows(InputException.class, () -> generate(spec("full").withVersions(10)));
    assertThat(refused.getMessage(), containsString("is not empty"));
    assertThat(files(folder.resolve("full")).keySet(), is(Set.of("mine.txt")));
  }

  @Test
  void fileInThePlaceOfTheDirectoryIsRefused() throws IOException {
    Files.writeString(folder.resolve("file"), "keep");
    InputException refused =
        assertThrows(InputException.class, () -> generate(spec("file").withVersions(10)));
    assertThat(refused.getMessage(), containsString("is a file"));
  }

  @Test
  void smallestZoneIsWhole() throws IOException {
    GenerateSummary summary = generate(spec("tiny").withVersions(1).withSizes(1, 1, 1));
    List<String> kpis = files(summary.directory()).get("truth/kpis.csv").lines().toList();
    assertThat(kpis.size(), is(1 + 3 * 9));
    assertThat(salesLines(files(summary.directory())), hasItem(startsWith("S0000000001,")));
  }

  private GenerateSpec spec(String name) {
    return GenerateSpec.into(folder.resolve(name))
        .withVersions(VERSIONS)
        .withSizes(120, 160, 4)
        .withRates(SaleRates.USUAL.withDefects(0.02))
        .withThreads(2);
  }

  private static GenerateSummary generate(GenerateSpec spec) throws IOException {
    return LandingZoneGenerator.generate(spec, GenerateProgress.SILENT);
  }

  private static Map<String, String> files(GenerateSummary summary) throws IOException {
    return files(summary.directory());
  }

  /**
   * Returns the text of every file by its path below the directory, which its text names as "zone".
   */
  private static Map<String, String> files(Path directory) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        String name = directory.relativize(path).toString();
        String text = name.endsWith(".gz") ? unpacked(path) : Files.readString(path);
        files.put(name, text.replace(directory.getParent() + "/", ""));
      }
    }
    for (String name : List.of("manifest.yaml", "market.yaml")) {
      String manifest = files.get(name);
      if (manifest != null && !directory.getFileName().toString().equals("packed")) {
        files.put(name, manifest.replace(directory.getFileName() + "/", "zone/"));
      }
    }
    return files;
  }

  private static String unpacked(Path path) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(path))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static List<String> salesLines(Map<String, String> files) {
    List<String> lines = new ArrayList<>();
    files.forEach(
        (name, text) -> {
          if (name.startsWith("sales/")) {
            text.lines().skip(1).forEach(lines::add);
          }
        });
    return lines;
  }

  private static String asCsv(JsonNode data) {
    List<String> fields = new ArrayList<>();
    data.properties()
        .forEach(
            field -> {
              JsonNode value = field.getValue();
              fields.add(
                  value.isNull()
                      ? ""
                      : field.getKey().endsWith("_price")
                          ? value.decimalValue().setScale(2).toPlainString()
                          : value.asText());
            });
    return String.join(",", fields);
  }
}
