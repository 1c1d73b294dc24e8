package io.autopulse.web;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.autopulse.testing.NodeEnvironment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages in a real browser: nothing is out of anybody's reach, and nothing calls elsewhere. */
class DashboardIT {
  private static final List<String> PAGES =
      List.of(
          "overview",
          "overview?period=2024-05&against=year&lang=fr",
          "overview?period=2025",
          "sales",
          "sales?period=2024&by=dealer&lang=fr&sort=-share",
          "sales?by=sale&region=CORSE",
          "market?lang=fr&period=2024-05",
          "market?powertrain=BEV",
          "overview?known=2024-05-20",
          "sales?known=2024-05-20&lang=fr",
          "forecast?lang=fr",
          "forecast?region=SOUTH",
          "health",
          "health?lang=fr");

  @TempDir private Path directory;

  @Test
  void everyPageIsAccessibleQuietAndWorksWithoutScripts() throws Exception {
    Path pictures = Files.createDirectories(Path.of("target/dashboard"));
    String said;
    try (ServedWarehouse served = ServedWarehouse.in(directory)) {
      List<String> arguments = new ArrayList<>();
      arguments.add(served.address());
      arguments.add(NodeEnvironment.chromium().toString());
      arguments.add(pictures.toAbsolutePath().toString());
      arguments.addAll(PAGES);
      said = NodeEnvironment.run("dashboard.mjs", arguments);
    }
    assertThat(
        said, said.lines().filter(line -> line.startsWith("PROBLEM")).toList(), is(List.of()));
    assertThat(said, containsString("\nDRILLED ?by=sale&model="));
    assertThat(said, containsString("\nBACK ?region=BRETAGNE&dealer=D2\n"));
    assertThat(said, containsString("\nCLICKED ?region=BRETAGNE\nLIFTED .\n"));
    assertThat(said, containsString("\nKNOWN ?known=2024-05-20\n"));
    assertThat(said, containsString("\nSTEP ?powertrain=BEV\n"));
    assertThat(said, containsString("\nZOOMED ?period=2024-01\n"));
    assertThat(said, containsString("\nDONE"));
  }
}
