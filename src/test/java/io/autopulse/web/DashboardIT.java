package io.autopulse.web;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.autopulse.domain.calendar.SellingDays;
import io.autopulse.testing.NodeEnvironment;
import io.autopulse.warehouse.serving.Scope;
import io.autopulse.web.export.PageAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
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
      arguments.add(exported(served).toUri().toString());
      said = NodeEnvironment.run("dashboard.mjs", arguments);
    }
    assertThat(
        said, said.lines().filter(line -> line.startsWith("PROBLEM")).toList(), is(List.of()));
    assertThat(said, containsString("\nDRILLED ?by=sale&model="));
    assertThat(said, containsString("\nBACK ?region=BRETAGNE&dealer=D2\n"));
    assertThat(said, containsString("\nDONE"));
  }

  /** A part of the business, as a file. */
  private Path exported(ServedWarehouse served) throws Exception {
    try (Edition edition =
        Edition.open(
            served.folder(),
            Optional.of(new Scope(List.of("BRETAGNE"), List.of("D1"))),
            SellingDays.of(year -> Set.of()),
            Instant.parse("2024-06-15T07:00:00Z"))) {
      return Files.writeString(
          directory.resolve("exported.html"),
          edition.pages(
              Stream.of("overview", "sales?period=2024-05", "market", "forecast", "health")
                  .map(PageAddress::parse)
                  .toList()));
    }
  }
}
