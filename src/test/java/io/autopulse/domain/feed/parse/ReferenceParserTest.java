package io.autopulse.domain.feed.parse;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;

import io.autopulse.domain.feed.Feed;
import io.autopulse.domain.feed.FeedFormat;
import io.autopulse.domain.feed.RawFields;
import io.autopulse.domain.feed.Rejection;
import io.autopulse.domain.problem.RejectCode;
import io.autopulse.domain.sale.Dealer;
import io.autopulse.domain.sale.Vehicle;
import io.autopulse.domain.sale.block.SaleLayout;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReferenceParserTest {
  private static final List<String> VEHICLES =
      List.of("model_id", "make", "model", "segment", "powertrain", "list_price", "updated_at");
  private static final List<String> DEALERS =
      List.of("dealer_id", "dealer_name", "region", "updated_at");

  private static final List<String> LIVES =
      List.of("model_id", "make", "model", "launched_on", "discontinued_on", "successor");

  private static Parsed<ReferenceRecord> parse(Feed feed, List<String> header, String... values) {
    RawFields fields = new RawFields();
    for (String value : values) {
      fields.add(value);
    }
    return new ReferenceParser(
            FeedFormat.plain(feed, ZoneOffset.UTC, "EUR"), header, "reference.csv:1")
        .parse(fields);
  }

  private static ReferenceRecord accepted(Parsed<ReferenceRecord> parsed) {
    assertThat(parsed, is(instanceOf(Parsed.Accepted.class)));
    return ((Parsed.Accepted<ReferenceRecord>) parsed).value();
  }

  private static Rejection rejected(Parsed<ReferenceRecord> parsed) {
    assertThat(parsed, is(instanceOf(Parsed.Rejected.class)));
    return ((Parsed.Rejected<ReferenceRecord>) parsed).rejection();
  }

  @Test
  void vehicleIsRead() {
    ReferenceRecord record =
        accepted(
            parse(
                Feed.VEHICLES,
                VEHICLES,
                "m1 ",
                "Renault",
                "Clio",
                "",
                "ice",
                "22000.50",
                "1970-01-02"));
    assertThat(record.updatedAt(), is(86_400_000_000L));
    assertThat(record.values(), is(List.of("M1", "RENAULT", "CLIO", "", "ICE", "", "", "")));
    assertThat(record.key(), is("M1"));
    assertThat(record.toVehicle(), is(new Vehicle("M1", "RENAULT", "CLIO", "", "ICE", 22_000_50)));
  }

  @Test
  void dealersNameKeepsItsCase() {
    ReferenceRecord record =
        accepted(parse(Feed.DEALERS, DEALERS, "d1", " Garage  du Nord", "nord", ""));
    assertThat(record.toDealer(), is(new Dealer("D1", "Garage du Nord", "NORD")));
    assertThat(record.updatedAt(), is(0L));
    assertThat(record.amount(), is(SaleLayout.NO_PRICE));
  }

  @Test
  void absentAttributesAreEmpty() {
    assertThat(
        accepted(parse(Feed.DEALERS, List.of("dealer_id"), "d1")).toDealer(),
        is(new Dealer("D1", "", "")));
    assertThat(
        accepted(parse(Feed.VEHICLES, VEHICLES, "m", "a", "b", "", "", "", "")).toVehicle(),
        is(new Vehicle("M", "A", "B", "", "", SaleLayout.NO_PRICE)));
    assertThat(
        accepted(parse(Feed.VEHICLES, VEHICLES, "m", "a", "b", "", "", "", "")).values(),
        is(List.of("M", "A", "B", "", "", "", "", "")));
  }

  @Test
  void lifeCycleOfAVehicleIsRead() {
    assertThat(
        accepted(parse(Feed.VEHICLES, LIVES, "m1", "a", "b", "2021-03-01", "2026-12-31", " m2 "))
            .values(),
        is(List.of("M1", "A", "B", "", "", "2021-03-01", "2026-12-31", "M2")));
    assertThat(
        "a model that was launched only",
        accepted(parse(Feed.VEHICLES, LIVES, "m1", "a", "b", "2021-03-01T08:30:00", "", ""))
            .values(),
        is(List.of("M1", "A", "B", "", "", "2021-03-01", "", "")));
    assertThat(
        "a model of which only its end is known",
        accepted(parse(Feed.VEHICLES, LIVES, "m1", "a", "b", "", "2026-12-31", "")).values(),
        is(List.of("M1", "A", "B", "", "", "", "2026-12-31", "")));
  }

  @Test
  void lifeCycleThatCannotBeIsRejected() {
    Rejection noDate = rejected(parse(Feed.VEHICLES, LIVES, "m1", "a", "b", "31/02/2021", "", ""));
    assertThat(noDate.code(), is(RejectCode.BAD_DATE));
    assertThat(noDate.field(), is("launched_on"));
    Rejection backwards =
        rejected(parse(Feed.VEHICLES, LIVES, "m1", "a", "b", "2021-03-01", "2021-02-28", ""));
    assertThat(backwards.code(), is(RejectCode.DATE_OUT_OF_RANGE));
    assertThat(backwards.field(), is("discontinued_on"));
  }

  @Test
  void brokenRuleNamesItsField() {
    assertVehicleRejected(RejectCode.MISSING_FIELD, "model_id", "", "a", "b", "", "", "", "");
    assertVehicleRejected(RejectCode.MISSING_FIELD, "model", "m", "a", " ", "", "", "", "");
    assertVehicleRejected(RejectCode.BAD_NUMBER, "list_price", "m", "a", "b", "", "", "x", "");
    assertVehicleRejected(
        RejectCode.NEGATIVE_LIST_PRICE, "list_price", "m", "a", "b", "", "", "-1", "");
    assertVehicleRejected(
        RejectCode.PRICE_OUT_OF_RANGE, "list_price", "m", "a", "b", "", "", "1000000000", "");
    assertVehicleRejected(RejectCode.BAD_DATE, "updated_at", "m", "a", "b", "", "", "", "soon");
    assertVehicleRejected(
        RejectCode.TEXT_TOO_LONG, "segment", "m", "a", "b", "x".repeat(201), "", "", "");
    assertVehicleRejected(
        RejectCode.CONTROL_CHARACTER, "make", "m", "a\u0001a", "b", "", "", "", "");
    Rejection count = rejected(parse(Feed.VEHICLES, VEHICLES, "m", "a", "b"));
    assertThat(count.code(), is(RejectCode.WRONG_FIELD_COUNT));
  }

  private static void assertVehicleRejected(RejectCode code, String field, String... values) {
    Rejection rejection = rejected(parse(Feed.VEHICLES, VEHICLES, values));
    assertThat(rejection.code(), is(code));
    assertThat(rejection.field(), is(field));
  }

  @Test
  void laterRecordIsGreaterThenTheGreaterText() {
    ReferenceRecord early = new ReferenceRecord("D1", 1, List.of("D1", "Z", "Z"), 9);
    ReferenceRecord late = new ReferenceRecord("D1", 2, List.of("D1", "A", "A"), 1);
    ReferenceRecord text = new ReferenceRecord("D1", 2, List.of("D1", "B", "A"), 0);
    ReferenceRecord amount = new ReferenceRecord("D1", 2, List.of("D1", "B", "A"), 5);
    assertThat(late, is(greaterThan(early)));
    assertThat(text, is(greaterThan(late)));
    assertThat(amount, is(greaterThan(text)));
    ReferenceRecord same = new ReferenceRecord("D1", 2, List.of("D1", "B", "A"), 5);
    assertThat(amount.compareTo(same), is(0));
  }
}
