package io.autopulse.domain.feed;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import io.autopulse.domain.feed.value.NumberParser;
import io.autopulse.domain.problem.RejectCode;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderMatchTest {
  private static HeaderMatch match(
      Map<String, String> columns, List<String> sensitive, String... header) {
    return new HeaderMatch(
        new FeedFormat(
            Feed.DEALERS,
            columns,
            Map.of(),
            ZoneOffset.UTC,
            '.',
            NumberParser.NO_GROUPING,
            Map.of(),
            sensitive,
            ZoneOffset.UTC,
            "EUR"),
        List.of(header));
  }

  private static int column(HeaderMatch match, String field) {
    return match.columnsOf(Feed.DEALERS.field(field).orElseThrow())[0];
  }

  private static List<String> problems(HeaderMatch match) {
    return match.problems().stream()
        .map(
            p ->
                p.key()
                    + " "
                    + match.description(p, HeaderMatch.HEADER)
                    + ". "
                    + match.remedy(p, HeaderMatch.HEADER))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"region", "Region", "REGION", " region\u00a0", "\ufeffregion", "\u200bReGiOn\t"})
  void headerInAnotherCaseOrWithBlanksAroundItIsTheField(String header) {
    HeaderMatch match = match(Map.of(), List.of(), "DEALER_ID", "x", header);
    assertThat(column(match, "dealer_id"), is(0));
    assertThat(column(match, "region"), is(2));
    assertThat(column(match, "updated_at"), is(-1));
    assertThat(problems(match), is(empty()));
  }

  @Test
  void equalHeaderWinsOverOneInAnotherCase() {
    HeaderMatch match = match(Map.of(), List.of(), "Region", "dealer_id", "region", "REGION");
    assertThat(column(match, "region"), is(2));
    assertThat(problems(match), is(empty()));
  }

  @Test
  void nameOfTheManifestIsFoundInAnotherCaseAndInEveryForm() {
    // Decomposed, as a Mac writes it, and with a line break inside.
    HeaderMatch match =
        match(
            Map.of("dealer_id", "Num\u00e9ro", "region", "Sales Region"),
            List.of(),
            "NUME\u0301RO",
            "sales\nregion");
    assertThat(column(match, "dealer_id"), is(0));
    assertThat(column(match, "region"), is(1));
    assertThat(problems(match), is(empty()));
  }

  @Test
  void columnThatTheManifestGivesAwayIsNotAnotherFieldsToo() {
    HeaderMatch match =
        match(Map.of("dealer_name", "Region"), List.of(), "dealer_id", "REGION", "x");
    assertThat(column(match, "dealer_name"), is(1));
    assertThat(column(match, "region"), is(-1));
    HeaderMatch both = match(Map.of("updated_at", "dealer_id"), List.of(), "dealer_id");
    assertThat(column(both, "updated_at"), is(0));
    assertThat(column(both, "dealer_id"), is(0));
    assertThat(problems(both), is(empty()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UPDATED AT", "updated-at", "UpdatedAt", "updated__at", "Updated.At"})
  void headerThatOnlyLooksLikeAFieldIsRefused(String header) {
    HeaderMatch match = match(Map.of(), List.of(), "dealer_id", header);
    assertThat(
        problems(match),
        contains(
            "columns has no header \"updated_at\", but one that looks like it: \""
                + header
                + "\" in column 2. Did you mean columns: {updated_at: \""
                + header
                + "\"}?"));
    assertThat(
        problems(match(Map.of("updated_at", header), List.of(), "dealer_id", header)), is(empty()));
  }

  @Test
  void headerThatIsUsedAndThereTwiceIsRefused() {
    assertThat(
        problems(match(Map.of(), List.of(), "dealer_id", "region", "x", " region", "x")),
        contains(
            "columns has the header \"region\" twice: \"region\" in column 2 and \"region\" in"
                + " column 4. Rename or remove one of them in the source"));
    assertThat(
        problems(match(Map.of(), List.of(), "dealer_id", "Region", "REGION")),
        contains(
            "columns has the header \"region\" twice: \"Region\" in column 2 and \"REGION\" in"
                + " column 3. Rename or remove one of them in the source"));
    assertThat(
        problems(match(Map.of(), List.of("Phone"), "dealer_id", "Phone", "Phone\u00a0")),
        contains(
            "sensitive has the header \"Phone\" twice: \"Phone\" in column 2 and \"Phone\" in"
                + " column 3. Rename or remove one of them in the source"));
  }

  @Test
  void sensitiveHeaderIsFoundHoweverItIsSpelled() {
    assertThat(
        problems(match(Map.of(), List.of("Phone No"), "dealer_id", "PHONE_NO")), is(empty()));
    assertThat(
        problems(match(Map.of(), List.of("Phon"), "dealer_id", "Phone")),
        contains("sensitive has no header \"Phon\". Did you mean \"Phone\"?"));
  }

  @Test
  void liveFileWithSuchAHeaderIsRejected() {
    FeedFormat format = FeedFormat.plain(Feed.DEALERS, ZoneOffset.UTC, "EUR");
    assertThat(Rejection.unknownHeader(format, List.of("Dealer_ID", "Region")) == null, is(true));
    Rejection alike = Rejection.unknownHeader(format, List.of("dealer_id", "updated at"));
    assertThat(alike.code(), is(RejectCode.UNKNOWN_HEADER));
    assertThat(alike.field(), is("updated_at"));
    assertThat(
        alike.message(),
        is(
            "the file has no header \"updated_at\", but one that looks like it: \"updated at\" in"
                + " column 2"));
    Rejection twice = Rejection.unknownHeader(format, List.of("dealer_id", "dealer_id"));
    assertThat(twice.field(), is("dealer_id"));
  }
}
