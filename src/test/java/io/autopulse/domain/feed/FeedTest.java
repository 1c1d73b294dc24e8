package io.autopulse.domain.feed;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FeedTest {
  @Test
  void fieldsAreFoundByName() {
    assertThat(Feed.SALES.indexOf("sale_id"), is(0));
    assertThat(Feed.SALES.indexOf("source"), is(16));
    assertThat(Feed.SALES.indexOf("phone"), is(-1));
    assertThat(
        Feed.DEALERS.field("region"),
        is(Optional.of(new Feed.Field("region", Feed.Kind.TEXT, false))));
    assertThat(Feed.DEALERS.field("make"), is(Optional.empty()));
  }

  @Test
  void requiredFieldsAreThoseThatNoRuleFillsIn() {
    assertThat(required(Feed.SALES), is(List.of("sale_id", "status", "sold_at", "net_price")));
    assertThat(required(Feed.VEHICLES), is(List.of("model_id", "make", "model")));
    assertThat(required(Feed.DEALERS), is(List.of("dealer_id")));
    assertThat(required(Feed.TARGETS), is(List.of("month", "units")));
    assertThat(required(Feed.REGISTRATIONS), is(List.of("period_grain", "registrations")));
    assertThat(required(Feed.FUEL_PRICES), is(List.of("station_id", "fuel", "price_at", "price")));
    assertThat(required(Feed.ATTENTION), is(List.of("day", "source", "topic", "views")));
    assertThat(required(Feed.SOCIAL), is(List.of("post_id", "posted_at", "source", "text")));
  }

  @Test
  void nameIsLowerCase() {
    assertThat(Feed.VEHICLES.toString(), is("vehicles"));
  }

  @Test
  void figuresAreDividedByWhatMarketFeedsAndTargetsGive() {
    assertThat(divisions(Feed.REGISTRATIONS), is(List.of("region", "make", "model", "powertrain")));
    assertThat(divisions(Feed.TARGETS), is(List.of("dealer_id", "make", "model")));
    assertThat(divisions(Feed.SALES), is(List.of()));
    assertThat(divisions(Feed.VEHICLES), is(List.of()));
  }

  private static List<String> divisions(Feed feed) {
    return feed.divisions().stream().map(Feed.Field::name).toList();
  }

  private static List<String> required(Feed feed) {
    return feed.fields().stream().filter(Feed.Field::required).map(Feed.Field::name).toList();
  }
}
