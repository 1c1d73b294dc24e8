package io.autopulse.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Later versions of a generated landing zone's sales: the ERP's next extract. */
public final class Corrections {
  private Corrections() {}

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
    Files.write(sales.resolve("sales-corrections.csv"), corrected);
  }
}
