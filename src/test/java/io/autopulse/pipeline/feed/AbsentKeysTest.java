package io.autopulse.pipeline.feed;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.autopulse.domain.feed.Feed;
import io.autopulse.pipeline.manifest.AirbyteJsonlSource;
import io.autopulse.pipeline.manifest.FeedSpec;
import io.autopulse.pipeline.manifest.FieldFormats;
import io.autopulse.sink.staging.StagedRelations.AbsentKey;
import io.autopulse.warehouse.runs.FeedCounts;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AbsentKeysTest {
  private static final FeedSpec SALES =
      new FeedSpec(
          Feed.SALES,
          new AirbyteJsonlSource("*.jsonl"),
          Map.of("make", "brand", "updated_at", "_airbyte_extracted_at"),
          FieldFormats.standard(ZoneOffset.UTC),
          Map.of(),
          List.of());

  private static List<AbsentKey> notable(String feed, String name, long records) {
    return AbsentKeys.notable(
        Map.of(Feed.SALES, SALES),
        List.of(new FeedCounts("sales", 9, 9, 0, 0, 0, 0, 0, 9, List.of(), 0)),
        List.of(new AbsentKey(feed, name, records)));
  }

  @Test
  void keyThatOtherRecordsHaveOrThatTheManifestNamesIsNotable() {
    assertThat(notable("sales", "model", 4), is(List.of(new AbsentKey("sales", "model", 4))));
    assertThat(notable("sales", "brand", 9), is(List.of(new AbsentKey("sales", "brand", 9))));
  }

  @Test
  void liveJobNamesTheKeysThatSomeRecordsLackAndThoseOfTheManifest() {
    assertThat(
        AbsentKeys.live(
                Map.of(Feed.SALES, SALES),
                Map.of(
                    "sales/KEYED", 1_200L,
                    "sales/ABSENT/brand", 1_200L,
                    "sales/ABSENT/list_price", 1_200L,
                    "sales/ABSENT/net/price", 7L,
                    "dealers/KEYED", 2L,
                    "dealers/ABSENT/region", 2L))
            .stream()
            .sorted()
            .toList(),
        is(List.of("sales \"brand\" in 1,200 of 1,200", "sales \"net/price\" in 7 of 1,200")));
  }

  @Test
  void liveJobNamesTheKeysByWhichNoMarketFigureIsDividedUnlessADefaultSaysOfWhatTheyAre() {
    FeedSpec registrations =
        new FeedSpec(
            Feed.REGISTRATIONS,
            new AirbyteJsonlSource("*.jsonl"),
            Map.of(),
            FieldFormats.standard(ZoneOffset.UTC),
            Map.of("model", "ALL"),
            List.of());
    assertThat(
        AbsentKeys.live(
            Map.of(Feed.REGISTRATIONS, registrations),
            Map.of(
                "registrations/KEYED", 40L,
                "registrations/ABSENT/region", 40L,
                "registrations/ABSENT/model", 40L,
                "registrations/ABSENT/record_id", 40L)),
        is(List.of("registrations \"region\" in 40 of 40")));
  }

  @Test
  void keyThatTheFeedDoesNotGiveIsNot() {
    assertThat(notable("sales", "model", 9), is(List.of()));
    assertThat(notable("sales", "_airbyte_extracted_at", 9), is(List.of()));
    assertThat(notable("dealers", "region", 1), is(List.of()));
  }
}
