package io.autopulse.domain.feed.value;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeParserTest {
  private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

  private static long parse(String pattern, String text) {
    char[] padded = ("9" + text + "9").toCharArray();
    return new TimeParser(pattern, PARIS).parse(padded, 1, padded.length - 1);
  }

  private static long micros(String moment) {
    Instant instant = Instant.parse(moment);
    return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1000;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2024-05-14 | 2024-05-13T22:00:00Z",
        "2024-01-14 | 2024-01-13T23:00:00Z",
        "2024-05-14T10:20 | 2024-05-14T08:20:00Z",
        "2024-05-14 10:20 | 2024-05-14T08:20:00Z",
        "2024-05-14t10:20:30 | 2024-05-14T08:20:30Z",
        "2024-05-14T23:59:59 | 2024-05-14T21:59:59Z",
        "2024-05-14T10:20:30.5 | 2024-05-14T08:20:30.5Z",
        "2024-05-14T10:20:30,123456 | 2024-05-14T08:20:30.123456Z",
        "2024-05-14T10:20:30.123456789 | 2024-05-14T08:20:30.123456Z",
        "2024-05-14T10:20:30.000001Z | 2024-05-14T10:20:30.000001Z",
        "2024-05-14T10:20Z | 2024-05-14T10:20:00Z",
        "2024-05-14T10:20:30z | 2024-05-14T10:20:30Z",
        "2024-05-14T10:20:30+02 | 2024-05-14T08:20:30Z",
        "2024-05-14T10:20:30-0330 | 2024-05-14T13:50:30Z",
        "2024-05-14T10:20:30.25+05:45 | 2024-05-14T04:35:30.25Z",
        "2024-05-14 00:10+18:00 | 2024-05-13T06:10:00Z",
        "2024-02-29 | 2024-02-28T23:00:00Z",
        "2000-02-29T00:00Z | 2000-02-29T00:00:00Z",
        "1969-12-31T23:59:59.999999Z | 1969-12-31T23:59:59.999999Z",
        "0001-01-01T00:00Z | 0001-01-01T00:00:00Z",
        "0000-02-29T00:00Z | 0000-02-29T00:00:00Z",
        "9999-12-31T23:59:59Z | 9999-12-31T23:59:59Z",
        "2024-03-31T02:30 | 2024-03-31T01:30:00Z",
        "2024-10-27T02:30 | 2024-10-27T00:30:00Z"
      })
  void isoFormIsItsMoment(String text, String moment) {
    assertThat(parse(TimeParser.ISO, text), is(micros(moment)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2024",
        "2024-5-14",
        "2024-05-1",
        "2024/05/14",
        "2024-05/14",
        "2024-02-31",
        "2023-02-29",
        "1900-02-29",
        "2024-04-31",
        "2024-00-10",
        "2024-13-10",
        "2024-05-00",
        "2024-05-32",
        "a024-05-14",
        "20a4-05-14",
        "2024-a5-14",
        "2024-05-1a",
        "2024-05-14X10:20",
        "2024-05-14T",
        "2024-05-14T10",
        "2024-05-14T10-20",
        "2024-05-14T24:00",
        "2024-05-14T10:60",
        "2024-05-14T10:20:60",
        "2024-05-14T10:20:",
        "2024-05-14T10:20:3",
        "2024-05-14T10:20:30.",
        "2024-05-14T10:20:30.1234567891",
        "2024-05-14T10:20:30.x",
        "2024-05-14T1a:20",
        "2024-05-14T10:2a",
        "2024-05-14T10:20:a0",
        "2024-05-14T10:20:30ZZ",
        "2024-05-14T10:20:30+",
        "2024-05-14T10:20:30+1",
        "2024-05-14T10:20:30+19:00",
        "2024-05-14T10:20:30+1:00",
        "2024-05-14T10:20:30+02:60",
        "2024-05-14T10:20:30+02:000",
        "2024-05-14T10:20:30 CET",
        "2024-05-14T10:20:30+0a:00",
        "2024-05-14T10:20:30+02:a0",
        "2024-05-14T10:20:30+02:",
        "05/14/2024"
      })
  void noOtherTextIsAnIsoTime(String text) {
    assertThat(parse(TimeParser.ISO, text), is(TimeParser.NOT_A_TIME));
  }

  @Test
  void everyDayFrom1890To2110IsItself() {
    TimeParser parser = new TimeParser(TimeParser.ISO, ZoneOffset.UTC);
    LocalDate last = LocalDate.of(2110, 1, 1);
    for (LocalDate day = LocalDate.of(1890, 1, 1); day.isBefore(last); day = day.plusDays(1)) {
      char[] text = day.toString().toCharArray();
      assertThat(
          day.toString(),
          parser.parse(text, 0, text.length),
          is(day.toEpochDay() * 86_400_000_000L));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "M/d/yyyy | 1/2/2022 | 2022-01-01T23:00:00Z",
        "M/d/yyyy | 12/31/2022 | 2022-12-30T23:00:00Z",
        "dd.MM.yyyy HH:mm | 14.05.2024 10:20 | 2024-05-14T08:20:00Z",
        "dd MMM uuuu | 14 may 2024 | 2024-05-13T22:00:00Z",
        "M/d/yyyy h:mm a | 5/14/2024 1:05 pm | 2024-05-14T11:05:00Z",
        "yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX | 2024-05-14T10:20:30.123456+05:00 | 2024-05-14T05:20:30.123456Z",
        "yyyy-MM-dd HH:mm VV | 2024-05-14 10:20 America/New_York | 2024-05-14T14:20:00Z",
        "dd/MM/yyyy G | 14/05/2024 AD | 2024-05-13T22:00:00Z"
      })
  void customPatternIsItsMoment(String pattern, String text, String moment) {
    assertThat(parse(pattern, text), is(micros(moment)));
  }

  @ParameterizedTest
  @CsvSource({
    "M/d/yyyy, 2/30/2022",
    "M/d/yyyy, 2/29/2023",
    "M/d/yyyy, 13/1/2022",
    "M/d/yyyy, 2022-01-02",
    "M/d/yyyy, 1/2/2022 10:00",
    "HH:mm, 10:20"
  })
  void customPatternIsStrict(String pattern, String text) {
    assertThat(parse(pattern, text), is(TimeParser.NOT_A_TIME));
  }

  @Test
  void moreDistinctTextsThanAreRememberedAreStillParsed() {
    TimeParser parser = new TimeParser("yyyyMMdd", ZoneOffset.UTC);
    LocalDate first = LocalDate.of(2000, 1, 1);
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 5000; i++) {
        LocalDate day = first.plusDays(i);
        char[] text = day.toString().replace("-", "").toCharArray();
        assertThat(parser.parse(text, 0, 8), is(day.toEpochDay() * 86_400_000_000L));
      }
    }
  }

  @Test
  void epochIsCountedFrom1970() {
    assertThat(parse(TimeParser.EPOCH_MILLIS, "1715673630123"), is(1_715_673_630_123_000L));
    assertThat(parse(TimeParser.EPOCH_SECONDS, "1715673630"), is(1_715_673_630_000_000L));
    assertThat(parse(TimeParser.EPOCH_SECONDS, "-1"), is(-1_000_000L));
    assertThat(parse(TimeParser.EPOCH_MILLIS, "1.5"), is(1_500L));
    assertThat(parse(TimeParser.EPOCH_SECONDS, "1715673630.25"), is(1_715_673_630_250_000L));
    assertThat(parse(TimeParser.EPOCH_SECONDS, "1.5.1"), is(TimeParser.NOT_A_TIME));
    assertThat(parse(TimeParser.EPOCH_MICROS, "1715673630123456"), is(1_715_673_630_123_456L));
    assertThat(parse(TimeParser.EPOCH_DAYS, "19857"), is(parse(TimeParser.ISO, "2024-05-14")));
    assertThat(parse(TimeParser.EPOCH_DAYS, "1715673630"), is(TimeParser.NOT_A_TIME));
    assertThat(parse(TimeParser.EPOCH_SECONDS, "9223372036854775"), is(TimeParser.NOT_A_TIME));
    assertThat(parse(TimeParser.EPOCH_SECONDS, ""), is(TimeParser.NOT_A_TIME));
  }

  @Test
  void patternThatIsNoneIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> TimeParser.checkPattern("yyyy-bb"));
    assertThrows(IllegalArgumentException.class, () -> new TimeParser("{", PARIS));
    TimeParser.checkPattern("iso");
    TimeParser.checkPattern("epoch_millis");
    TimeParser.checkPattern("epoch_seconds");
    TimeParser.checkPattern("d/M/yy");
  }

  @Test
  void firstPatternThatATextFollowsIsTaken() {
    long day = parse(TimeParser.ISO, "2024-01-05");
    String either = "dd.MM.yyyy" + TimeParser.OR + "iso" + TimeParser.OR + "epoch_seconds";
    assertThat(parse(either, "05.01.2024"), is(day));
    assertThat(parse(either, "2024-01-05"), is(day));
    assertThat(parse(either, "1715673630"), is(1_715_673_630_000_000L));
    assertThat(parse(either, "01/05/2024"), is(TimeParser.NOT_A_TIME));
    assertThat(parse("[dd.MM.yyyy][yyyy-MM-dd]", "05.01.2024"), is(day));
    assertThat(parse("[dd.MM.yyyy][yyyy-MM-dd]", "2024-01-05"), is(day));
    assertThat(parse("[dd.MM.yyyy][yyyy-MM-dd]", "2024-02-30"), is(TimeParser.NOT_A_TIME));
    assertThat(parse("yyyy-MM-dd[ HH:mm]", "2024-01-05"), is(day));
    assertThat(parse("[yyyy-MM-dd][yyyy-MM]", "2024-01"), is(TimeParser.NOT_A_TIME));
  }
}
