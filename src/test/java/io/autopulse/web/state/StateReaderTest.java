package io.autopulse.web.state;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.compare.Period;
import io.autopulse.domain.kpi.Dimension.Attribute;
import io.autopulse.domain.kpi.Grain;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StateReaderTest {
  @Test
  void everyParameterIsReadAndWrittenInOneOrder() {
    PageState state =
        StateReader.read(
            Map.of(
                "lang", List.of("fr"),
                "region", List.of("Île-de-France", "Corse", "Corse"),
                "period", List.of("2024-Q3"),
                "against", List.of("year"),
                "grain", List.of("week"),
                "by", List.of("dealer"),
                "sort", List.of("-units_sold"),
                "page", List.of("2"),
                "known", List.of("2024-08-31")));
    assertThat(
        state,
        is(
            new PageState(
                Period.parse("2024-Q3").orElseThrow(),
                Against.YEAR,
                Grain.WEEK,
                Attribute.DEALER,
                false,
                Map.of(Attribute.REGION, List.of("Corse", "Île-de-France")),
                new Sort("units_sold", true),
                2,
                Language.FR,
                LocalDate.of(2024, 8, 31))));
    assertThat(
        state.query(),
        is(
            "?period=2024-Q3&against=year&grain=week&by=dealer&region=Corse&region=%C3%8Ele-de-France&sort=-units_sold&page=2&known=2024-08-31&lang=fr"));
  }

  @Test
  void emptyValuesOfAFormAreNone() {
    PageState state =
        StateReader.read(
            Map.of("region", List.of(""), "period", List.of(""), "by", List.of("", "make")));
    assertThat(state, is(PageState.START.withBy(Attribute.MAKE)));
    assertThat(PageState.START.query(), is(""));
  }

  @Test
  void hostileMemberIsAMemberThatNobodyHas() {
    String hostile = "'; drop table sales; -- <script>🚗\u202e";
    PageState state = StateReader.read(Map.of("dealer", List.of(hostile)));
    assertThat(state.filters(), is(Map.of(Attribute.DEALER, List.of(hostile))));
    assertThat(state.query().matches("[?A-Za-z0-9=&%+.*_-]*"), is(true));
  }

  @ParameterizedTest
  @CsvSource({
    "period, 2024-13",
    "period, ' or 1=1",
    "against, target",
    "grain, hour",
    "by, price",
    "sort, units_sold;drop",
    "sort, --units",
    "page, 0",
    "page, -1",
    "page, 100001",
    "page, 99999999999",
    "known, 2024-08",
    "known, 2024-02-30",
    "lang, de",
    "lang, FR",
    "unknown, 1",
    "Region, Corse"
  })
  void whatCannotBeUnderstoodIsRefusedByItsName(String name, String value) {
    BadParameterException refused =
        assertThrows(
            BadParameterException.class, () -> StateReader.read(Map.of(name, List.of(value))));
    assertThat(refused.parameter(), is(name));
  }

  @Test
  void tooManyAndTooLongMembersAreRefused() {
    List<String> many = IntStream.range(0, 51).mapToObj(i -> "D" + i).toList();
    assertThat(refusal("dealer", many), is("it may be given 50 times"));
    assertThat(refusal("dealer", List.of("x".repeat(201))), is("it may have 200 characters"));
    assertThat(refusal("period", List.of("2024", "2023")), is("it may be given once"));
    assertThat(
        StateReader.read(Map.of("dealer", Collections.nCopies(10_000, "D1"))).filters(),
        is(Map.of(Attribute.DEALER, List.of("D1"))));
  }

  private static String refusal(String name, List<String> values) {
    return assertThrows(BadParameterException.class, () -> StateReader.read(Map.of(name, values)))
        .getMessage();
  }

  @Test
  void drillGoesFromRegionToDealerToModelToTheSales() {
    PageState region = PageState.START.drillInto(Attribute.REGION, "Corse");
    assertThat(region.attribute(), is(Attribute.DEALER));
    PageState dealer = region.drillInto(Attribute.DEALER, "D1");
    assertThat(dealer.attribute(), is(Attribute.MODEL));
    assertThat(dealer.rows(), is(false));
    PageState model = dealer.drillInto(Attribute.MODEL, "FIAT 500");
    assertThat(model.rows(), is(true));
    assertThat(model.query(), is("?by=sale&model=FIAT+500&region=Corse&dealer=D1"));
  }

  @Test
  void anotherPageKeepsPeriodComparisonFiltersAndLanguage() {
    PageState state =
        StateReader.read(
            Map.of(
                "period", List.of("2024"),
                "against", List.of("year"),
                "make", List.of("FIAT"),
                "sort", List.of("share"),
                "page", List.of("3"),
                "by", List.of("sale"),
                "lang", List.of("fr")));
    assertThat(state.elsewhere().query(), is("?period=2024&against=year&make=FIAT&lang=fr"));
    assertThat(state.withFilter(Attribute.MAKE, List.of()).page(), is(1));
  }
}
