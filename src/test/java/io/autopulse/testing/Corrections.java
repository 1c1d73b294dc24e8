package io.autopulse.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Later versions of a generated landing zone's sales: the ERP's next extract. */
public final class Corrections {
  private static final String CORRECTIONS = "sales-corrections";

  private Corrections() {}

  /**
   * Adds a file that cancels every n-th record of the sales made before a moment, as it is recorded
   * then.
   *
   * @param sales the folder of the CSV files
   * @param recordedAt the moment, such as {@code 2024-09-10T12:00:00Z}
   */
  public static void cancel(Path sales, int everyNth, String recordedAt) throws IOException {
    List<String> corrected = new ArrayList<>();
    try (Stream<Path> listed = Files.list(sales)) {
      for (Path file : listed.sorted().toList()) {
        if (file.getFileName().toString().startsWith(CORRECTIONS)) {
          continue;
        }
        List<String> lines = Files.readAllLines(file);
        List<String> header = List.of(lines.get(0).split(",", -1));
        if (corrected.isEmpty()) {
          corrected.add(lines.get(0));
        }
        for (int i = everyNth; i < lines.size(); i += everyNth) {
          List<String> fields = new ArrayList<>(List.of(lines.get(i).split(",", -1)));
          if (fields.size() == header.size()
              && lines.get(i).indexOf('"') < 0
              && fields.get(header.indexOf("sold_at")).compareTo(recordedAt) < 0) {
            fields.set(header.indexOf("updated_at"), recordedAt);
            fields.set(header.indexOf("status"), "CANCELLED");
            corrected.add(String.join(",", fields));
          }
        }
      }
    }
    Files.write(sales.resolve(CORRECTIONS + "-" + recordedAt.substring(0, 10) + ".csv"), corrected);
  }

  /**
   * Adds a file with a newer version of every n-th record, at another price.
   *
   * @param sales the folder of the CSV files
   */
  public static void add(Path sales, int everyNth) throws IOException {
    List<String> corrected = new ArrayList<>();
    List<Path> files;
    try (Stream<Path> listed = Files.list(sales)) {
      files = listed.sorted().toList();
    }
    for (Path file : files) {
      List<String> lines = Files.readAllLines(file);
      List<String> header = List.of(lines.get(0).split(",", -1));
      if (corrected.isEmpty()) {
        corrected.add(lines.get(0));
      }
      for (int i = everyNth; i < lines.size(); i += everyNth) {
        List<String> fields = new ArrayList<>(List.of(lines.get(i).split(",", -1)));
        // Quoted text and defects stay as they are.
        if (fields.size() == header.size() && lines.get(i).indexOf('"') < 0) {
          fields.set(header.indexOf("updated_at"), "2025-12-01T12:00:00Z");
          fields.set(header.indexOf("net_price"), "23456.78");
          corrected.add(String.join(",", fields));
        }
      }
    }
    Files.write(sales.resolve(CORRECTIONS + ".csv"), corrected);
  }
}
