package io.autopulse.generate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.autopulse.generate.format.LandingFormat;
import io.autopulse.generate.work.GenerateProgress;
import io.autopulse.generate.world.GenerateSpec;
import io.autopulse.generate.world.SaleRates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefectsTest {
  private static final List<String> COLUMNS =
      List.of(
          "sale_id",
          "updated_at",
          "sequence",
          "status",
          "sold_at",
          "model_id",
          "dealer_id",
          "region",
          "list_price",
          "net_price",
          "currency",
          "channel",
          "source",
          "customer_name",
          "customer_phone");

  /** What a field with the defect looks like. */
  private static final Map<String, Pattern> BAD =
      Map.ofEntries(
          Map.entry("MISSING_FIELD", Pattern.compile(" *")),
          Map.entry("TEXT_TOO_LONG", Pattern.compile("S0{64}|.{201,}")),
          Map.entry("CONTROL_CHARACTER", Pattern.compile("\\w+\\p{Cc}\\w+")),
          Map.entry(
              "BAD_DATE", Pattern.compile("[a-z]+|2024-02-31T10:00:00Z|2024-13-01T10:00:00Z")),
          Map.entry("DATE_OUT_OF_RANGE", Pattern.compile("(1899|1970|2150)-\\d\\d-\\d\\dT.*Z")),
          Map.entry("BAD_NUMBER", Pattern.compile("[a-z /]+|\\d+\\.\\d{3}|19,990.00.00")),
          Map.entry("PRICE_NOT_POSITIVE", Pattern.compile("0\\.00|-\\d+\\.00")),
          Map.entry("PRICE_OUT_OF_RANGE", Pattern.compile("100000000\\.01|9999999999\\.00")),
          Map.entry("NEGATIVE_LIST_PRICE", Pattern.compile("-\\d+\\.\\d\\d")),
          Map.entry("UNKNOWN_CURRENCY", Pattern.compile("EURO|QQQ")),
          Map.entry("FOREIGN_CURRENCY", Pattern.compile("USD|GBP")),
          Map.entry("UNKNOWN_STATUS", Pattern.compile("DELIVERED|SOLDD")));

  @TempDir private Path folder;

  @Test
  void everyDefectOfCsvStandsWhereTheTruthSays() throws IOException {
    Path zone = generate(LandingFormat.CSV);
    Map<String, String[]> defects = defects(zone);
    TreeSet<String> kinds = new TreeSet<>();
    int good = 0;
    for (int file = 0; file < 3; file++) {
      String name = "sales/sales-00" + file + ".csv";
      for (CsvRecord record : records(zone.resolve(name))) {
        String[] defect = defects.remove(name + ":" + record.getStartingLineNumber());
        if (record.getStartingLineNumber() == 1) {
          assertThat(record.getFields(), is(COLUMNS));
        } else if (defect == null) {
          assertGood(record.getFields());
          good++;
        } else {
          assertBad(defect, record.getFields());
          kinds.add(defect[2]);
        }
      }
    }
    assertThat(defects.keySet(), is(Set.of()));
    assertThat(good, is(5_000));
    TreeSet<String> all = new TreeSet<>(BAD.keySet());
    all.add("WRONG_FIELD_COUNT");
    all.add("MALFORMED_RECORD");
    assertThat(kinds, is(all));
  }

  @Test
  void everyDefectOfJsonStandsWhereTheTruthSays() throws IOException {
    Path zone = generate(LandingFormat.AIRBYTE_JSONL);
    Map<String, String[]> defects = defects(zone);
    TreeSet<String> kinds = new TreeSet<>();
    int good = 0;
    List<Path> files;
    try (Stream<Path> paths = Files.list(zone.resolve("erp/sales"))) {
      files = paths.sorted().toList();
    }
    for (Path file : files) {
      List<String> lines = Files.readAllLines(file);
      for (int line = 1; line <= lines.size(); line++) {
        String[] defect = defects.remove(zone.relativize(file) + ":" + line);
        String text = lines.get(line - 1);
        if (defect == null) {
          assertGood(fields(text));
          good++;
        } else {
          kinds.add(defect[2]);
          if (defect[2].equals("MALFORMED_RECORD")) {
            assertThrows(JsonProcessingException.class, () -> fields(text));
          } else {
            assertBad(defect, fields(text));
          }
        }
      }
    }
    assertThat(defects.keySet(), is(Set.of()));
    assertThat(good, is(5_000));
    TreeSet<String> all = new TreeSet<>(BAD.keySet());
    all.add("MALFORMED_RECORD");
    assertThat(kinds, is(all));
  }

  private Path generate(LandingFormat format) throws IOException {
    GenerateSpec spec =
        GenerateSpec.into(folder.resolve("zone"))
            .withVersions(5_000)
            .withSizes(20, 40, 3)
            .withRates(new SaleRates(0.05, 0.1, 0.05, 0.05, 0, 0.1))
            .withFormat(format, false);
    return LandingZoneGenerator.generate(spec, GenerateProgress.SILENT).directory();
  }

  private static void assertBad(String[] defect, List<String> fields) {
    String code = defect[2];
    if (code.equals("WRONG_FIELD_COUNT")) {
      assertThat(fields.size(), not(COLUMNS.size()));
    } else if (code.equals("MALFORMED_RECORD")) {
      // The unclosed quote swallows the rest of the file.
      assertThat(fields.size(), is(COLUMNS.indexOf("customer_name") + 1));
      assertThat(fields.get(COLUMNS.indexOf("customer_name")), matchesPattern("(?s).*,\\+33.*\n"));
    } else {
      assertThat(fields.size(), is(COLUMNS.size()));
      int at = COLUMNS.indexOf(defect[3]);
      assertThat(fields.get(at), matchesPattern(BAD.get(code)));
      List<String> rest = new ArrayList<>(fields);
      rest.set(at, goodValue(at));
      assertGood(rest);
    }
  }

  private static String goodValue(int at) {
    return switch (COLUMNS.get(at)) {
      case "sale_id" -> "S0000000001";
      case "status" -> "SOLD";
      case "updated_at", "sold_at" -> "2024-01-01T10:00:00Z";
      case "net_price", "list_price" -> "19990.00";
      case "currency" -> "EUR";
      default -> "";
    };
  }

  private static void assertGood(List<String> fields) {
    assertThat(fields.size(), is(COLUMNS.size()));
    assertThat(fields.get(0), matchesPattern("S\\d{10}"));
    assertThat(fields.get(1), startsWith("202"));
    assertThat(fields.get(2), matchesPattern("[1-9]"));
    assertThat(fields.get(3), matchesPattern("SOLD|CANCELLED|RETURNED"));
    assertThat(
        fields.get(4), matchesPattern("202[34]-[01]\\d-[0-3]\\dT[0-2]\\d:[0-5]\\d:[0-5]\\dZ"));
    assertThat(fields.get(8), matchesPattern("|\\d{1,6}\\.\\d\\d?"));
    assertThat(fields.get(9), matchesPattern("[1-9]\\d{3,5}\\.\\d\\d?"));
    assertThat(fields.get(10), is("EUR"));
    assertThat(fields.subList(0, 13), everyItem(matchesPattern("[\\P{Cc}]{0,200}")));
  }

  /** Returns the lines of the truth by file and line. */
  private static Map<String, String[]> defects(Path zone) throws IOException {
    Map<String, String[]> defects = new HashMap<>();
    List<String> lines = Files.readAllLines(zone.resolve("truth/defects.csv"));
    assertThat(lines.get(0), is("file,line,code,field"));
    for (String line : lines.subList(1, lines.size())) {
      String[] defect = line.split(",", -1);
      defects.put(defect[0] + ":" + defect[1], defect);
    }
    assertThat(defects.size(), is(lines.size() - 1));
    return defects;
  }

  private static List<CsvRecord> records(Path file) throws IOException {
    try (CsvReader<CsvRecord> reader =
        CsvReader.builder()
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .allowUnclosedQuote(true)
            .ofCsvRecord(file)) {
      return reader.stream().toList();
    }
  }

  private static List<String> fields(String envelope) throws JsonProcessingException {
    JsonNode data = new ObjectMapper().readTree(envelope).get("_airbyte_data");
    List<String> fields = new ArrayList<>();
    for (String column : COLUMNS) {
      JsonNode value = data.get(column);
      fields.add(
          value.isNull()
              ? ""
              : value.isNumber() ? value.decimalValue().toPlainString() : value.asText());
    }
    return fields;
  }
}
