package io.autopulse.pipeline.feed;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.autopulse.domain.feed.Feed;
import io.autopulse.pipeline.manifest.Manifest;
import io.autopulse.pipeline.manifest.ManifestReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UndividedTest {
  private static final String JDBC =
      "{type: jdbc, url: 'jdbc:postgresql://h/d', query: select * from r}";

  private static Map<String, String> defaults(String from, String more, String... columns) {
    Manifest manifest =
        new ManifestReader(Map.of())
            .read(
                "m.yaml",
                "job: m\nfeeds:\n  registrations:\n    from: %s\n%s".formatted(from, more),
                List.of());
    return Undivided.ofAll(
            manifest,
            Map.of(Feed.REGISTRATIONS, new SourceCheck.Found(0, 0, Optional.of(List.of(columns)))))
        .get(Feed.REGISTRATIONS)
        .defaults();
  }

  @Test
  void whatAQueryHasNoColumnForIsOfAll() {
    assertThat(
        defaults(JDBC, "", "period_start", "period_grain", "MAKE", "registrations"),
        is(Map.of("region", "ALL", "model", "ALL", "powertrain", "ALL")));
    assertThat(
        defaults(
            JDBC,
            "    columns: {make: marke, model: modell}\n    defaults: {region: North}\n",
            "period_start",
            "period_grain",
            "marke",
            "modell",
            "registrations"),
        is(Map.of("region", "North", "powertrain", "ALL")));
  }

  @Test
  void targetsThatAQueryDoesNotDivideAreOfAll() {
    Manifest manifest =
        new ManifestReader(Map.of())
            .read(
                "m.yaml",
                "job: m\nfeeds:\n  sales:\n    from: {type: csv, path: s.csv}\n  targets:\n    from: %s\n"
                    .formatted(JDBC),
                List.of());
    List<String> columns = List.of("month", "dealer_id", "units");
    assertThat(
        Undivided.ofAll(
                manifest, Map.of(Feed.TARGETS, new SourceCheck.Found(0, 0, Optional.of(columns))))
            .get(Feed.TARGETS)
            .defaults(),
        is(Map.of("make", "ALL", "model", "ALL")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{type: csv, path: r.csv}", "{type: airbyte-jsonl, path: r.jsonl}"})
  void otherSourcesAreReadAsTheManifestSays(String from) {
    assertThat(
        defaults(from, "    defaults: {model: ALL}\n", "period_start", "make"),
        is(Map.of("model", "ALL")));
  }
}
