package io.autopulse.testing;

import io.autopulse.generate.LandingZoneGenerator;
import io.autopulse.generate.world.GenerateSpec;
import io.autopulse.generate.world.SaleRates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

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
    return generate(
        GenerateSpec.into(folder)
            .withVersions(versions)
            .withSizes(40, 60, 4)
            .withRates(SaleRates.USUAL.withDefects(defects)));
  }

  /** The same without targets, which a live job does not read. */
  public static Path generateForLiveJobs(Path folder, long versions, double defects) {
    Path manifest = generate(folder, versions, defects);
    try {
      return Files.writeString(
          manifest, Files.readString(manifest).replaceFirst("(?m)^  targets:\n.*\n", ""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
