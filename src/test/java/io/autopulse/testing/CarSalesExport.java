package io.autopulse.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * An invented export of an ERP with everything that is odd about a real one: headers with spaces
 * and signs, American dates, mojibake, one name in many spellings, names and phones of customers.
 */
public final class CarSalesExport {
  private static final List<String> MODELS =
      List.of(
          "Ford,Expedition,SUV",
          "Dodge,Durango,SUV",
          "Volkswagen ,Passat,Passenger",
          "VOLKSWAGEN,Jetta,Hatchback",
          "Cadillac,Eldorado,Passenger",
          "Toyota,RAV4,SUV");
  private static final List<String> ENGINES =
      List.of(
          "Double\u00c2\u00a0Overhead Camshaft", "Overhead Camshaft", "Double Overhead Camshaft");
  private static final List<String> REGIONS =
      List.of("Middletown", "Aurora", "Greenville", " Austin", "JANESVILLE");

  private CarSalesExport() {}

  /** Returns where a real export may lie: {@code AUTOPULSE_CAR_SALES} names it. */
  public static Path real() {
    return Path.of(
            System.getenv()
                .getOrDefault("AUTOPULSE_CAR_SALES", "../shared/data/car_sales_2022.csv"))
        .toAbsolutePath();
  }

  /** Writes the manifest of an export, which the variable {@code AUTOPULSE_CAR_SALES} names. */
  public static Path writeManifest(Path folder) throws IOException {
    Path manifest = folder.resolve("car-sales-2022.yaml");
    try (InputStream in =
        CarSalesExport.class.getResourceAsStream("/manifests/car-sales-2022.yaml")) {
      Files.write(manifest, in.readAllBytes());
    }
    return manifest;
  }

  /** Writes an export: of every 100 records one has a date that is none, one a price of 0. */
  public static void write(Path file, int records) throws IOException {
    Random random = new Random(7);
    try (BufferedWriter out = Files.newBufferedWriter(file, UTF_8)) {
      out.write(
          "Car_id,Date,Customer Name,Gender,Annual Income,Dealer_Name,Company,Model,Engine,Transmission,Color,Price ($),Dealer_No ,Body Style,Phone,Dealer_Region\n");
      for (int i = 1; i <= records; i++) {
        String[] model = MODELS.get(random.nextInt(MODELS.size())).split(",");
        LocalDate date = LocalDate.of(2022, 1, 1).plusDays(random.nextInt(365));
        String day = date.getMonthValue() + "/" + date.getDayOfMonth() + "/2022";
        int price = 8_000 + random.nextInt(60_000);
        String dealer = (1000 + random.nextInt(12)) + "-3834";
        out.write(
            String.join(
                ",",
                String.format(Locale.ROOT, "C_CND_%06d", i),
                i % 100 == 40 ? "2/30/2022" : day,
                name(random),
                random.nextBoolean() ? "Male" : "Female",
                Integer.toString(10_000 + random.nextInt(2_000_000)),
                "\"Storbeck's, Diesel Service Inc\"",
                model[0],
                model[1],
                ENGINES.get(random.nextInt(ENGINES.size())),
                "Auto",
                "Pale White",
                i % 100 == 80 ? "0" : Integer.toString(price),
                dealer,
                model[2],
                Integer.toString(6_000_000 + random.nextInt(3_000_000)),
                REGIONS.get(random.nextInt(REGIONS.size()))));
        out.newLine();
      }
    }
  }

  /** Returns an invented name of eight letters. */
  private static String name(Random random) {
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < 4; i++) {
      name.append("bcdfgklmnprstvz".charAt(random.nextInt(15)));
      name.append("aeiou".charAt(random.nextInt(5)));
    }
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }
}
