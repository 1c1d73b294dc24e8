package io.autopulse.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Monthly registrations of a whole market, by make and in total, as Norway's were published: an
 * invented export with all that is odd about the real one.
 *
 * @param byMake the file of registrations by month and make
 * @param byMonth the file of their totals
 */
public record NorwayExport(Path byMake, Path byMonth) {
  private static final List<String> MAKES =
      List.of(
          "Toyota",
          "Volkswagen",
          "Skoda",
          "Citroen",
          "MINI",
          "Tesla",
          "Renault",
          "Peugeot",
          "Saab",
          "Chevrolet",
          "Chevrolet US",
          "Think");

  /** Returns the real export, where it is: {@code AUTOPULSE_NORWAY_DATA} names its folder. */
  public static Optional<NorwayExport> real() {
    Path folder =
        Path.of(System.getenv().getOrDefault("AUTOPULSE_NORWAY_DATA", "../shared/data"))
            .toAbsolutePath();
    NorwayExport export =
        new NorwayExport(
            folder.resolve("norway_by_make.csv"), folder.resolve("norway_by_month.csv"));
    if (Files.exists(export.byMake())) {
      return Optional.of(export);
    }
    System.out.println("no real registrations in " + folder + "; the invented ones are run");
    return Optional.empty();
  }

  /** Writes an invented export of the same 121 months. */
  public static NorwayExport write(Path folder) throws IOException {
    Random random = new Random(11);
    StringBuilder makes = new StringBuilder("\"Year\",\"Month\",\"Make\",\"Quantity\",\"Pct\"\r\n");
    StringBuilder months = new StringBuilder("\"Year\",\"Month\",\"Quantity\"\r\n");
    for (int i = 0; i < 121; i++) {
      String month = (2007 + i / 12) + "," + (i % 12 + 1) + ",";
      int total = 0;
      for (String make : MAKES) {
        int units = 20 + random.nextInt(3000);
        total += units;
        makes.append(month).append('"').append(make).append("\",").append(units).append(",1\r\n");
      }
      if (i % 12 == 3) {
        makes.append(month).append("\"Toyota \",7,0\r\n").append(month).append("NA,4,0\r\n");
        total += 11;
      }
      months.append(month).append(total).append("\r\n");
    }
    Path byMake = folder.resolve("by_make.csv");
    Path byMonth = folder.resolve("by_month.csv");
    Files.writeString(byMake, makes, ISO_8859_1);
    Files.writeString(byMonth, months, ISO_8859_1);
    return new NorwayExport(byMake, byMonth);
  }

  /** Writes the manifest of an export, which the variable {@code AUTOPULSE_NORWAY} names. */
  public static Path writeManifest(Path folder) throws IOException {
    Path manifest = folder.resolve("norway-registrations.yaml");
    try (InputStream in =
        NorwayExport.class.getResourceAsStream("/manifests/norway-registrations.yaml")) {
      Files.write(manifest, in.readAllBytes());
    }
    return manifest;
  }
}
