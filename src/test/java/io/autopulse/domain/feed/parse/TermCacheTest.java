package io.autopulse.domain.feed.parse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.feed.Feed;
import io.autopulse.domain.feed.FeedFormat;
import io.autopulse.domain.feed.FieldBinding;
import io.autopulse.domain.feed.RawFields;
import io.autopulse.domain.feed.Rejection;
import io.autopulse.domain.problem.RejectCode;
import io.autopulse.domain.sale.block.Dictionary;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class TermCacheTest {
  private final Dictionary dictionary = new Dictionary();
  private final FieldBinding binding =
      new FieldBinding(
          FeedFormat.plain(Feed.DEALERS, ZoneOffset.UTC, "EUR"),
          List.of("dealer_id", "region"),
          "dealers.csv:1");
  private final TermCache cache =
      new TermCache(
          dictionary, true, Feed.DEALERS.indexOf("dealer_id"), Feed.DEALERS.indexOf("region"));

  private int code(String dealer, String region) {
    RawFields fields = new RawFields();
    fields.add(dealer);
    fields.add(region);
    return cache.code(binding, fields);
  }

  @Test
  void spellingsOfOneMemberHaveOneCode() {
    assertThat(code("d1", "North"), is(0));
    assertThat(code("D1", "NORTH"), is(0));
    assertThat(code(" D1 ", "north "), is(0));
    assertThat(code("d1", ""), is(1));
    assertThat(code("", "d1"), is(2));
    assertThat(code("d1", "North"), is(0));
    assertThat(dictionary.size(), is(3));
    assertThat(new String(dictionary.entry(0), UTF_8), is("D1\u001fNORTH"));
  }

  @Test
  void rejectedTermIsRejectedAgainForTheSameReason() {
    assertThat(code("d1", "x\u0007y"), is(-1));
    Rejection first = cache.rejection();
    assertThat(first.code(), is(RejectCode.CONTROL_CHARACTER));
    assertThat(first.field(), is("region"));
    assertThat(code("a\u0007b", "y"), is(-1));
    assertThat(cache.rejection().field(), is("dealer_id"));
    assertThat(code("d1", "x"), is(0));
    assertThrows(IllegalStateException.class, cache::rejection);
    assertThat(code("d1", "x\u0007y"), is(-1));
    assertThat("judged once", cache.rejection(), is(sameInstance(first)));
    assertThat(dictionary.size(), is(1));
  }

  @Test
  void longTermsAreToldApart() {
    String common = "x".repeat(190);
    assertThat(code(common + "1", common), is(0));
    assertThat(code(common + "2", common), is(1));
    assertThat(code(common, common + "2"), is(2));
    assertThat(code(common + "1", common), is(0));
    assertThat(code("y".repeat(4000), "z"), is(-1));
    assertThat(cache.rejection().code(), is(RejectCode.TEXT_TOO_LONG));
  }

  @Test
  void moreSpellingsThanTheCacheHoldsKeepTheirCodes() {
    int many = 70_000;
    assertThat(code("b\u0007ad", ""), is(-1));
    for (int i = 0; i < many; i++) {
      assertThat(code("d" + i, "r"), is(i));
    }
    for (int i = 0; i < many; i += 7) {
      assertThat(code("d" + i, "r"), is(i));
    }
    assertThat(code("b\u0007ad", ""), is(-1));
    assertThat(cache.rejection().code(), is(RejectCode.CONTROL_CHARACTER));
    assertThat(dictionary.size(), is(many));
  }

  @Test
  void spellingsOfTheSameHashAreTwo() {
    assertThat(code("AaAa", "r"), is(0));
    assertThat(code("BBBB", "r"), is(1));
    assertThat(code("AaBB", "r"), is(2));
    assertThat(code("BBBB", "r"), is(1));
  }
}
