package io.autopulse.domain.feed;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NullTextsTest {
  private static final NullTexts USUAL = new NullTexts(NullTexts.USUAL);

  private static boolean holds(NullTexts nulls, String text, boolean isTime) {
    return nulls.holds(("xx" + text + "yy").toCharArray(), 2, text.length() + 2, isTime);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "NULL", "null", "Null", "(null)", "<NULL>", "\\N", "\\n", "none", "NaN", "nan", "NaT",
        "N/A", "n/a", "#N/A", "#nv", "-", "--", "\u2013", "\u2014"
      })
  void usualPlaceholderIsAbsentInEveryField(String text) {
    assertThat(holds(USUAL, text, false), is(true));
    assertThat(holds(USUAL, text, true), is(true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NA",
        "Nissan",
        "Note",
        "Nullarbor",
        "-5",
        "---x",
        "0",
        "?",
        "N",
        "\\",
        "None such",
        "1900-01-01",
        "9999-12-31"
      })
  void otherTextIsAValue(String text) {
    assertThat(holds(USUAL, text, false), is(false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1900-01-01",
        "1900-01-01T00:00:00Z",
        "1900-01-01 00:00:00.000",
        "01.01.1900",
        "1/1/1900",
        "1/1/1900 12:00:00 AM",
        "19000101",
        "19000101000000",
        "9999-12-31",
        "9999-12-31T23:59:59Z",
        "31.12.9999",
        "12/31/9999",
        "31129999",
        "0000-00-00",
        "0000-00-00 00:00:00",
        "00.00.0000",
        "0001-01-01",
        "0001-01-01T00:00:00+00:00",
        "01/01/0001"
      })
  void dateThatStandsForNoneIsAbsentHoweverItIsWritten(String text) {
    assertThat(holds(USUAL, text, true), is(true));
    assertThat(holds(new NullTexts(List.of()), text, true), is(false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1900-01-02",
        "2001-01-01",
        "01/01/01",
        "1/1/1",
        "1900-01",
        "1900",
        "20240514",
        // Seconds and milliseconds of 2030.
        "1900010100",
        "1900010100000",
        "9999-12-30",
        "19000-01-01",
        "x1900-01-01"
      })
  void otherTimeIsAValue(String text) {
    assertThat(holds(USUAL, text, true), is(false));
  }

  @Test
  void manifestGivesItsOwn() {
    NullTexts own = new NullTexts(List.of(" k. A. ", "Неизвестно", "1970-01-01"));
    assertThat(holds(own, "K. a.", false), is(true));
    assertThat(holds(own, "НЕИЗВЕСТНО", false), is(true));
    assertThat(holds(own, "1.1.1970 01:00", true), is(true));
    assertThat(holds(own, "NULL", false), is(false));
    assertThat(holds(own, "1900-01-01", true), is(false));
    assertThat(holds(new NullTexts(List.of()), "", false), is(true));
  }
}
