package io.autopulse.testing;

import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.generate.LandingZoneGenerator;
import io.autopulse.generate.world.GenerateSpec;
import io.autopulse.generate.world.SaleRates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;

/** Generated landing zones of the tests. */
public final class Landing {
  private Landing() {}

  /** Generates a landing zone; returns its manifest. */
  public static Path generate(GenerateSpec spec) {
    try {
      return LandingZoneGenerator.generate(spec, (stage, done, total) -> {}).manifest();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Generates a landing zone of the year 2024.
   *
   * @param versions good versions of sales
   * @param defects bad records, as a share of them
   */
  public static Path generate(Path folder, long versions, double defects) {
    return generate(year(folder, versions, defects));
  }

  /** The same without targets, which a live job does not read. */
  public static Path generateForLiveJobs(Path folder, long versions, double defects) {
    return generateForLiveJobs(year(folder, versions, defects));
  }

  private static GenerateSpec year(Path folder, long versions, double defects) {
    return GenerateSpec.into(folder)
        .withVersions(versions)
        .withSizes(40, 60, 4)
        .withRates(SaleRates.USUAL.withDefects(defects));
  }

  /**
   * Generates the last weeks of 2024, without targets: a market feed has a figure for each day and
   * region, however few the sales.
   */
  public static Path generateMarketForLiveJobs(Path folder, long versions) {
    return generateForLiveJobs(
        year(folder, versions, 0)
            .withPeriod(new BusinessInterval(LocalDate.of(2024, 9, 2), LocalDate.of(2025, 1, 1))));
  }

  private static Path generateForLiveJobs(GenerateSpec spec) {
    Path manifest = generate(spec);
    try {
      return Files.writeString(
          manifest, Files.readString(manifest).replaceFirst("(?m)^  targets:\n.*\n", ""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
