package io.autopulse.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Forty-nine records of nineteen sales, each with something that exports do: corrections out of
 * order, cancellations within the second, contradictions, duplicates in another spelling, returns
 * below zero, placeholders, no-break spaces, mojibake, the hours of clocks that are changed, and
 * twenty records to reject. The same as CSV, JSON Lines, a table of PostgreSQL and messages.
 */
public final class NastySales {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** {@code ref} is read by no feed: it names the record among those that are rejected. */
  private static final List<String> NAMES =
      List.of(
          "ref",
          "SALE_ID",
          "Updated_At",
          "sequence",
          "Status",
          "sold_at",
          "make",
          "Model",
          "region",
          "List_Price",
          "net_price",
          "currency");

  private static final int UPDATED = 2;
  private static final int SEQUENCE = 3;
  private static final int LIST_PRICE = 9;

  private static final String ROWS =
      """
      a01|S01|2024-03-04T09:20:00Z|1|SOLD|2024-03-04T10:15:00|VW|GOLF|Nord Ost|22000.00|20.000,00|EUR
      a02|S02|2024-03-04T10:40:00Z|1|sold|04.03.2024 11:30|\u00a0vw |Golf|NORD\u00a0OST||18.500,50 €|EUR
      a03|S03|2024-03-05T09:00:00Z|1|SOLD|05.03.2024 00:10|Škoda|Octavia|Süd|26000|EUR 25.000|eur
      a04|S04|2024-03-05T09:00:00Z|1|SOLD|2024-03-05T09:30:00|CITROËN|C3|SÜD|16500|15.000,00|EUR
      a05|S04|2024-03-09T09:00:00Z|1|RETURNED|2024-03-05T09:30:00|Citro\u00c3\u00abn|C3|SÜD|16500|-15.000,00|EUR
      a06|S05|2024-03-06T09:00:00Z|1|SOLD|2024-03-06T09:15:00|VW|POLO|NORD OST||12.345,67|EUR
      a07|S05|2024-03-06T09:00:00Z|2|CANCELLED|2024-03-06T09:15:00|VW|POLO|NORD OST||12.345,67|EUR
      a08|S06|2024-03-06T10:00:00Z|1|CANCELLED|2024-03-06T10:15:00|VW|POLO|NORD OST||11.000,00|EUR
      a09|S06|2024-03-06T10:00:00Z|1|SOLD|2024-03-06T10:15:00|VW|POLO|NORD OST||11.000,00|EUR
      a10|S07|2024-03-11T08:00:00Z|1|SOLD|2024-03-11T08:30:00|ALFA\u00a0ROMEO|GIULIA|SÜD|35000|31.000,00|EUR
      a11|S07|2024-03-11T08:00:00Z|1|SOLD|2024-03-11T08:30:00|ALFA ROMEO|GIULIA|SÜD|35000|30.000,00|EUR
      a12|S08|2024-03-12T08:00:00Z|1|SOLD|2024-03-12T08:30:00|Alfa Romeo|Giulia|Süd|30000.00|19.000,00|EUR
      a13|S08|2024-03-12T08:00:00Z|1|SOLD|2024-03-12T08:30:00|Alfa Romeo|Giulia|Süd|30000.00|19.000,00|EUR
      a14|S08|2024-03-12T09:00:00+01:00|1|SOLD|12.03.2024 08:30|ALFA\u00a0 ROMEO|GIULIA|SÜD|30000.0|19000,00 €|EUR
      a15|S09|2024-03-13T10:00:00Z|1|SOLD|2024-03-13T09:00:00|VW|GOLF|NORD OST|22000|20.500,00|EUR
      a16|S09|2024-03-13T08:00:00Z|5|SOLD|2024-03-13T09:00:00|VW|GOLF|NORD OST|22000|21.000,00|EUR
      a17|S10|2024-03-07T08:00:00Z|1|SOLD|2024-03-07T09:00:00|VW|GOLF|NORD OST|22000|20.000,00|EUR
      a18|S10|2024-04-02T08:00:00Z|1|SOLD|02.04.2024 10:00|VW|GOLF|SÜD|22000|19.900,00|EUR
      a19|S11|||SOLD|2024-03-14T12:00:00|VW|N/A|-|NaN|9.999,99|NULL
      a20|S12|||SOLD|27.10.2024 02:30|TOYOTA|YARIS|WEST||10.000|EUR
      a21|S13|||SOLD|2024-10-27T02:30:00+01:00|TOYOTA|YARIS|WEST||11.000|EUR
      a22|S14|||SOLD|31.03.2024 02:30|TOYOTA|YARIS|WEST||12.000,00|EUR
      a23|S15|||SOLD|2024-12-30T23:59:59|TOYOTA|YARIS|WEST||13000|EUR
      a24|S16|||CANCELLED|2024-03-15T10:00:00|VW|GOLF|NORD OST||(17.900,00)|EUR
      a25|S17|||RETURNED|2024-03-15T10:00:00|VW|GOLF|NORD OST||17900-|EUR
      a26|S18|2024-03-18T08:00:00Z|1|SOLD|2024-03-18T08:00:00|TOYOTA|YARIS|WEST||14.000,00|EUR
      a27|\u200bS18\u00a0|2024-03-18T10:00:00Z|1|SOLD|2024-03-18T08:00:00|TOYOTA|YARIS|WEST||14.000,00|EUR
      a28|S18|2024-03-18T09:00:00Z|1|CANCELLED|2024-03-18T08:00:00|TOYOTA|YARIS|WEST||14.000,00|EUR
      a29|S19|||SOLD|2024-03-31T23:30:00Z|TOYOTA|YARIS|WEST||16.000,00|EUR
      r01|\u00a0|2024-03-04T09:20:00Z|1|SOLD|2024-03-04T10:15:00|VW|GOLF|WEST||20.000,00|EUR
      r02|R02|2024-03-04T09:20:00Z|1|SOLD|2024-03-04T10:15:00|VW|GOLF|WEST||N/A|EUR
      r03|R03|2024-03-04T09:20:00Z|1|-|2024-03-04T10:15:00|VW|GOLF|WEST||20.000,00|EUR
      r04|R04|2024-03-04T09:20:00Z|1|SOLD|31.02.2024 10:00|VW|GOLF|WEST||20.000,00|EUR
      r05|R05|2024-03-04T09:20:00Z|1|SOLD|2100-01-02T00:00:00|VW|GOLF|WEST||20.000,00|EUR
      r06|R06|2024-03-04T09:20:00Z|1|SOLD|2099-06-01T00:00:00|VW|GOLF|WEST||20.000,00|EUR
      r07|1.23E+05|2024-03-04T09:20:00Z|1|SOLD|2024-03-04T10:15:00|VW|GOLF|WEST||20.000,00|EUR
      r08|S01|2024-03-05T09:20:00Z|1|SOLD|2024-03-04T10:15:00|VW|GOLF|WEST||26,400.00|EUR
      r09|R09|2024-03-04T09:20:00Z|1|SOLD|2024-03-04T10:15:00|VW|GOLF|WEST||0.500|EUR
      r10|R10|2024-03-04T09:20:00Z|1|SOLD|2024-03-04T10:15:00|VW|GOLF|WEST||-5.000,00|EUR
      r11|R11|2024-03-04T09:20:00Z|1|SOLD|2024-03-04T10:15:00|VW|GOLF|WEST|-1|20.000,00|EUR
      r12|R12|2024-03-04T09:20:00Z|1|SOLD|2024-03-04T10:15:00|VW|GOLF|WEST||200.000.000,00|EUR
      r13|R13|2024-03-04T09:20:00Z|1|SOLD|2024-03-04T10:15:00|VW|GOLF|WEST||20.000,00|USD
      r14|R14|2024-03-04T09:20:00Z|1|SOLD|2024-03-04T10:15:00|VW|GOLF|WEST||20.000,00|QQQ
      r15|R15|2024-03-04T09:20:00Z|1|GONE|2024-03-04T10:15:00|VW|GOLF|WEST||20.000,00|EUR
      r16|R16|2024-03-04T09:20:00Z|1|SOLD|2024-03-04T10:15:00|LONG|GOLF|WEST||20.000,00|EUR
      r17|R17|2024-03-04T09:20:00Z|1|SOLD|2024-03-04T10:15:00|V\u0001W|GOLF|WEST||20.000,00|EUR
      r18|R18|2024-03-04T09:20:00Z|1|SOLD|2024-03-04T10:15:00|VW|GOLF|S\ufffdD||20.000,00|EUR
      r19|R19|2024-03-04T09:20:00Z|1|SOLD|2024-03-04T10:15:00|VW|GOLF|WEST||18.000,00 $|EUR
      r20|R20|2024-03-04T09:20:00Z|1|SOLD|2024-03-04T10:15:00|VW|GOLF|WEST||17.999,995|EUR
      """;

  private NastySales() {}

  private static List<List<String>> rows() {
    return ROWS.lines()
        .map(line -> List.of(line.replace("LONG", "L".repeat(201)).split("\\|", -1)))
        .toList();
  }

  /**
   * Writes them as CSV, the numbers with a decimal comma, and the headers as somebody typed them.
   */
  public static void csv(Path file) throws IOException {
    StringBuilder text = new StringBuilder("\ufeff");
    text.append(NAMES.stream().collect(Collectors.joining("\u00a0;"))).append("\r\n");
    for (List<String> row : rows()) {
      List<String> fields = new ArrayList<>(row);
      fields.set(LIST_PRICE, row.get(LIST_PRICE).replace('.', ','));
      text.append(String.join(";", fields)).append("\r\n");
    }
    Files.writeString(file, text);
  }

  /** Returns them as JSON objects, the list price and the sequence as numbers. */
  public static List<byte[]> json() throws IOException {
    List<byte[]> records = new ArrayList<>();
    for (List<String> row : rows()) {
      Map<String, @Nullable Object> fields = new LinkedHashMap<>();
      for (int i = 0; i < NAMES.size(); i++) {
        String text = row.get(i);
        boolean isNumber = i == SEQUENCE || i == LIST_PRICE;
        fields.put(
            NAMES.get(i),
            text.isEmpty() ? null : isNumber && !text.equals("NaN") ? new BigDecimal(text) : text);
      }
      records.add(JSON.writeValueAsBytes(fields));
    }
    return records;
  }

  /** Writes them as JSON Lines, in the envelopes of Airbyte. */
  public static void jsonLines(Path file) throws IOException {
    StringBuilder text = new StringBuilder();
    for (byte[] object : json()) {
      text.append("{\"_airbyte_raw_id\":\"x\",\"_airbyte_data\":")
          .append(new String(object, UTF_8))
          .append("}\n");
    }
    Files.writeString(file, text);
  }

  /** Makes them the table {@code sales}, with columns of the types that a database gives them. */
  public static void table(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          NAMES.stream()
              .map(name -> "\"" + name + "\" " + type(NAMES.indexOf(name)))
              .collect(Collectors.joining(", ", "create table sales (", ")")));
    }
    String marks =
        NAMES.stream()
            .map(name -> "?::" + type(NAMES.indexOf(name)))
            .collect(Collectors.joining(", "));
    try (PreparedStatement insert =
        connection.prepareStatement("insert into sales values (" + marks + ")")) {
      for (List<String> row : rows()) {
        for (int i = 0; i < NAMES.size(); i++) {
          insert.setString(i + 1, row.get(i).isEmpty() ? null : row.get(i));
        }
        insert.execute();
      }
    }
  }

  private static String type(int column) {
    return switch (column) {
      case UPDATED -> "timestamptz";
      case SEQUENCE -> "integer";
      case LIST_PRICE -> "numeric";
      default -> "text";
    };
  }
}
